"""A thin client of the running service: it compiles the project's proto files when it starts.

    python3 -m pip install grpcio grpcio-tools protobuf
"""
import importlib
import os
import pathlib
import sys
import tempfile

import grpc
from google.protobuf import json_format

PROTO = pathlib.Path(__file__).resolve().parent.parent / "proto"


class Client:
    """`extract(text)` returns the ExtractResponse as a dict (names of proto JSON), offsets in code points."""

    def __init__(self, target):
        self.messages, service = compiled()
        self.stub = service.ExtractionServiceStub(grpc.insecure_channel(target))

    def extract(self, text, timeout=60.0):
        request = json_format.ParseDict(
            {"document": {"text": text}, "options": {"offsetEncoding": "OFFSET_ENCODING_UTF32"}},
            self.messages.ExtractRequest())
        response = self.stub.Extract(request, timeout=timeout)
        return json_format.MessageToDict(response, always_print_fields_with_no_presence=True)


def compiled():
    """The modules of the service's messages and of its stub."""
    import grpc_tools
    from grpc_tools import protoc
    out = tempfile.mkdtemp(prefix="dossier-proto-")
    include = os.path.join(os.path.dirname(grpc_tools.__file__), "_proto")
    files = sorted(str(path) for path in PROTO.rglob("*.proto"))
    if protoc.main(["protoc", f"-I{PROTO}", f"-I{include}", f"--python_out={out}", f"--grpc_python_out={out}", *files]):
        sys.exit("the proto files do not compile")
    sys.path.insert(0, out)
    for path in sorted(pathlib.Path(out, "dossier", "v1").glob("*_pb2_grpc.py")):
        service = importlib.import_module(f"dossier.v1.{path.stem}")
        if hasattr(service, "ExtractionServiceStub"):
            return importlib.import_module(f"dossier.v1.{path.stem.removesuffix('_grpc')}"), service
    sys.exit("the proto files hold no ExtractionService")
