"""British National Grid to longitude and latitude, well enough for invented places: the Ordnance Survey's own formulas.

Source: Ordnance Survey, A guide to coordinate systems in Great Britain, annexes B and C (Airy 1830 to WGS84 by the
seven-parameter transformation, good to about five metres).
"""

from __future__ import annotations

from typing import Any

# Airy 1830 and the National Grid projection: OS guide, annex A.
A, B, F0 = 6377563.396, 6356256.909, 0.9996012717
LAT0, LON0, E0, N0 = 0.8552113334772214, -0.03490658503988659, 400000.0, -100000.0  # 49° N, 2° W in radians
# WGS84 ellipsoid, and OSGB36 to WGS84: OS guide, section 6.6 with the signs turned round.
A84, B84 = 6378137.0, 6356752.3141
SHIFT, SCALE = (446.448, -125.157, 542.060), 1 - 20.4894e-6
TURN = tuple(seconds * 4.84813681109536e-6 for seconds in (0.1502, 0.2470, 0.8421))


def lonlat(easting: Any, northing: Any) -> tuple[Any, Any]:
    """Longitude and latitude in degrees (WGS84) of grid metres; numbers or NumPy arrays."""
    lat, lon = _unproject(easting, northing)
    return _geodetic(*_turned(*_cartesian(lat, lon)))


def _meridian(lat: Any) -> Any:
    import numpy as np

    n = (A - B) / (A + B)
    minus, plus = lat - LAT0, lat + LAT0
    return (
        B
        * F0
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * minus
            - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(minus) * np.cos(plus)
            + (1.875 * n**2 + 1.875 * n**3) * np.sin(2 * minus) * np.cos(2 * plus)
            - (35 / 24) * n**3 * np.sin(3 * minus) * np.cos(3 * plus)
        )
    )


def _unproject(easting: Any, northing: Any) -> tuple[Any, Any]:
    import numpy as np

    lat = (northing - N0) / (A * F0) + LAT0
    for _ in range(6):
        lat = lat + (northing - N0 - _meridian(lat)) / (A * F0)
    e2 = 1 - (B / A) ** 2
    bend = 1 - e2 * np.sin(lat) ** 2
    nu, rho = A * F0 / np.sqrt(bend), A * F0 * (1 - e2) / bend**1.5
    eta2, tan, sec = nu / rho - 1, np.tan(lat), 1 / np.cos(lat)
    d = easting - E0
    vii = tan / (2 * rho * nu)
    viii = tan / (24 * rho * nu**3) * (5 + 3 * tan**2 + eta2 - 9 * tan**2 * eta2)
    ix = tan / (720 * rho * nu**5) * (61 + 90 * tan**2 + 45 * tan**4)
    xi = sec / (6 * nu**3) * (nu / rho + 2 * tan**2)
    xii = sec / (120 * nu**5) * (5 + 28 * tan**2 + 24 * tan**4)
    xiia = sec / (5040 * nu**7) * (61 + 662 * tan**2 + 1320 * tan**4 + 720 * tan**6)
    lon = LON0 + sec / nu * d - xi * d**3 + xii * d**5 - xiia * d**7
    return lat - vii * d**2 + viii * d**4 - ix * d**6, lon


def _cartesian(lat: Any, lon: Any) -> tuple[Any, Any, Any]:
    import numpy as np

    e2 = 1 - (B / A) ** 2
    nu = A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), (1 - e2) * nu * np.sin(lat)


def _turned(x: Any, y: Any, z: Any) -> tuple[Any, Any, Any]:
    rx, ry, rz = TURN
    return (
        SHIFT[0] + SCALE * x - rz * y + ry * z,
        SHIFT[1] + rz * x + SCALE * y - rx * z,
        SHIFT[2] - ry * x + rx * y + SCALE * z,
    )


def _geodetic(x: Any, y: Any, z: Any) -> tuple[Any, Any]:
    import numpy as np

    e2 = 1 - (B84 / A84) ** 2
    flat = np.sqrt(x**2 + y**2)
    lat = np.arctan2(z, flat * (1 - e2))
    for _ in range(5):
        nu = A84 / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), flat)
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)
