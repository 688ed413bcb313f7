"""Servers as processes of their own: started on chosen cores, watched through /proc, and ended."""
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

ROOT = Path(__file__).resolve().parents[2]


def add_arguments(parser):
    parser.add_argument("--binary", type=Path, default=ROOT / "target/release/dossier",
                        help="the dossier to measure [default: target/release/dossier]")


USABLE = os.sched_getaffinity(0)


def cores(count):
    """The first `count` cores that this process may use."""
    usable = sorted(USABLE)
    if len(usable) < count:
        raise SystemExit(f"{count} cores are to be measured, but there are {len(usable)}")
    return usable[:count]


def keep_off(taken):
    """Moves this process, the client, to the cores that `taken` leaves; to all of them where it leaves none."""
    left = USABLE - set(taken) or USABLE
    for thread in os.listdir("/proc/self/task"):
        os.sched_setaffinity(int(thread), left)


def pinned(command, on):
    return ["taskset", "--cpu-list", ",".join(map(str, on)), *map(str, command)]


def run(command, on):
    """Output of a command that runs on the cores `on`."""
    return subprocess.run(pinned(command, on), capture_output=True, text=True, cwd=ROOT)


class Server:
    """A gRPC server on cores `on`; serving when the block of `with` begins.

    `command` gets the address to listen on as its last argument.
    """

    def __init__(self, command, on, limit=120):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = tempfile.TemporaryFile("w+")
        begun = time.perf_counter()
        command = pinned([*command, self.address], on)
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self.log, stderr=self.log)
        try:
            self.wait_until_serving(begun + limit)
        except BaseException:
            self.stop()
            raise
        self.start_seconds = time.perf_counter() - begun

    def wait_until_serving(self, end):
        """Asks for the health of the service, every few milliseconds from when its port is open."""
        host, port = self.address.split(":")
        while time.perf_counter() < end and self.process.poll() is None:
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
                break
            except OSError:
                time.sleep(0.002)
        with grpc.insecure_channel(self.address) as channel:
            health = health_pb2_grpc.HealthStub(channel)
            while time.perf_counter() < end and self.process.poll() is None:
                try:
                    answer = health.Check(health_pb2.HealthCheckRequest(), timeout=5)
                    if answer.status == health_pb2.HealthCheckResponse.SERVING:
                        return
                except grpc.RpcError as error:
                    if error.code() != grpc.StatusCode.UNAVAILABLE:
                        raise
                time.sleep(0.002)
        self.log.seek(0)
        raise SystemExit(f"the server does not come up:\n{self.log.read()[-2000:]}")

    def cpu_seconds(self):
        """Processor time that the server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, key="VmRSS"):
        """Resident memory in MiB: now, or at its highest with `VmHWM`."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(key + ":"):
                return int(line.split()[1]) / 1024
        raise SystemExit(f"no {key} in /proc")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def dossier(binary, on, *flags):
    return Server([binary.resolve(), "serve", *flags, "--address"], on)


def python(module, on):
    return Server([sys.executable, "-m", module], on)
