"""The service's messages and stubs, compiled from proto/ when this is imported."""
import importlib
import sys
import tempfile
from pathlib import Path

import grpc_tools
from grpc_tools import protoc

PROTO = Path(__file__).resolve().parents[2] / "proto"


def compiled():
    include = Path(grpc_tools.__file__).parent / "_proto"
    files = sorted(map(str, PROTO.rglob("*.proto")))
    with tempfile.TemporaryDirectory() as out:
        command = ["protoc", f"-I{PROTO}", f"-I{include}", f"--python_out={out}", f"--grpc_python_out={out}", *files]
        if protoc.main(command):
            raise SystemExit("the proto files do not compile")
        sys.path.insert(0, out)
        modules = [importlib.import_module(f"dossier.v1.{name}") for name in (
            "extraction_pb2", "extraction_service_pb2", "extraction_service_pb2_grpc")]
        sys.path.remove(out)
    return modules


found, messages, service = compiled()
