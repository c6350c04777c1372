"""A real Spark cluster on loopback: a standalone master and two workers, started as a county would start them, memory capped."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"


def spark_class() -> Path | None:
    """PySpark's launcher; None where PySpark or Java is not installed."""
    try:
        import pyspark
    except ImportError:
        return None
    found = Path(pyspark.__file__).parent / "bin" / "spark-class"
    return found if found.is_file() and shutil.which("java") else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


NEEDED = [
    pytest.mark.spark,
    pytest.mark.skipif(spark_class() is None, reason="PySpark or Java is not installed"),
    # Spark and py4j leave sockets to the garbage collector, and Spark reads Arrow through pandas.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
"""What a test file that asks a cluster is marked with."""


@contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[str]:
    """The master's address while the cluster is up. Every process that was started is stopped at the end."""
    launcher = spark_class()
    assert launcher is not None
    port, started = free_port(), []
    environment = {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_WORKER_DIR": str(folder / "work"),
    }

    def start(name: str, *words: str) -> None:
        log = (folder / f"{name}.log").open("w")
        command = [str(launcher), *words]
        started.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True))

    try:
        start("master", MASTER, "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(free_port()))
        wait_for(folder / "master.log", "I have been elected leader")
        for number in range(workers):
            words = ["--host", "127.0.0.1", "--cores", "1", "--memory", "1g", "--webui-port", str(free_port())]
            start(f"worker-{number}", WORKER, *words, f"spark://127.0.0.1:{port}")
        for number in range(workers):
            wait_for(folder / f"worker-{number}.log", "Successfully registered with master")
        yield f"spark://127.0.0.1:{port}"
    finally:
        for process in reversed(started):
            os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            process.wait(timeout=30)


def wait_for(log: Path, words: str, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if words in log.read_text(encoding="utf-8", errors="replace"):
            return
        time.sleep(0.2)
    raise AssertionError(f"Spark did not say “{words}”: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
