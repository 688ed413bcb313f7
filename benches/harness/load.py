"""Closed-loop load: each client sends its next document when it has the answer to the last."""
import threading
import time
from dataclasses import dataclass

import grpc

from .contract import messages

METHOD = "/dossier.v1.ExtractionService/Extract"
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1),
           ("grpc.use_local_subchannel_pool", 1)]
DEADLINE = 3600


@dataclass
class Load:
    seconds: float
    latencies: list
    """Seconds, in the order sent."""
    answers: list
    """Messages as bytes, in the order sent: they are parsed when the clock has stopped."""

    def responses(self):
        for answer in self.answers:
            yield messages.ExtractResponse.FromString(answer)


def send(addresses, texts, clients, **options):
    """Sends `texts` from `clients` connections, spread over `addresses`; an error of any ends it all.

    `options` are fields of ExtractOptions.
    """
    options = messages.ExtractOptions(**options)
    requests = [messages.ExtractRequest(document=messages.Document(text=text), options=options).SerializeToString()
                for text in texts]
    latencies, answers, failures = [0.0] * len(requests), [b""] * len(requests), []
    waiting, lock = iter(enumerate(requests)), threading.Lock()
    start = threading.Barrier(clients + 1)

    def client(address):
        with grpc.insecure_channel(address, options=OPTIONS) as channel:
            try:
                grpc.channel_ready_future(channel).result(30)
                extract = channel.unary_unary(METHOD)
                start.wait()
                while not failures:
                    with lock:
                        index, request = next(waiting, (None, None))
                    if request is None:
                        return
                    begun = time.perf_counter()
                    answers[index] = extract(request, timeout=DEADLINE)
                    latencies[index] = time.perf_counter() - begun
            except Exception as error:
                failures.append(error)
                start.abort()

    threads = [threading.Thread(target=client, args=[addresses[n % len(addresses)]], daemon=True)
               for n in range(clients)]
    for thread in threads:
        thread.start()
    try:
        start.wait()
    except threading.BrokenBarrierError:
        pass
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if failures:
        raise failures[0]
    return Load(seconds, latencies, answers)


def check(load, parts=("entities", "sentences")):
    """Every answer has sentences, and together they have each of `parts`: nothing was measured that did no work."""
    counts = dict.fromkeys(parts, 0)
    for index, response in enumerate(load.responses()):
        if not response.sentences:
            raise SystemExit(f"document {index}: no sentence in the answer")
        for part in parts:
            counts[part] += len(getattr(response, part))
    for part, count in counts.items():
        if not count:
            raise SystemExit(f"no {part} in {len(load.answers)} answers")
    return counts
