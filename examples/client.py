"""Sends a file to a running service and prints what it says.

    python3 -m pip install grpcio grpcio-tools
    python3 -m grpc_tools.protoc -I proto --python_out=examples --grpc_python_out=examples proto/dossier/v1/*.proto
    python3 examples/client.py examples/lisbon-water-pact.txt
"""
import sys

import grpc
from dossier.v1 import extraction_service_pb2 as pb, extraction_service_pb2_grpc as rpc

text = open(sys.argv[1], encoding="utf-8").read()
service = rpc.ExtractionServiceStub(grpc.insecure_channel("127.0.0.1:50051"))
found = service.Extract(pb.ExtractRequest(document=pb.Document(text=text)), timeout=30)
names = {entity.id: entity.name for entity in found.entities}
for relation in found.relations:
    ends = [names.get(end.entity_id, end.span.text) for end in (relation.subject, relation.object)]
    print(f"{relation.confidence:.2f}  {relation.type}({', '.join(ends)})")
for date in found.dates:  # offsets count code points, as Python's strings do
    print(f"{date.value}  {text[date.span.start:date.span.end]!r}")
