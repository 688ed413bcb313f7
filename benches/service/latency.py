"""Latency and throughput of the service over gRPC, on articles of 550 words that are all different.

    python3 -m benches.service.latency [TEXTS ...]

One client, then 16 at a time, each sending its next article when it has the answer to the last; on one core and on two.
The mean service time is what an article costs: cores divided by articles a second. With more clients than cores an
article waits for others: on average it takes clients / cores service times in all, and no queue can change that.
"""
import argparse

from benches.harness import documents, load, report, server

WARM_UP = 20  # articles


def measure(dossier, texts, clients, count):
    done = load.send([dossier.address], [next(texts) for _ in range(count)], clients)
    load.check(done, ("entities", "relations", "dates", "sentences"))
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    documents.add_arguments(parser)
    server.add_arguments(parser)
    parser.add_argument("--articles", type=int, default=1000, help="for each number of clients [default: 1000]")
    parser.add_argument("--words", type=int, default=550, help="in an article [default: 550]")
    parser.add_argument("--clients", type=report.numbers, default=[1, 16], help="at the same time [default: 1,16]")
    parser.add_argument("--cores", type=report.numbers, default=[1, 2], help="how many to measure on [default: 1,2]")
    options = parser.parse_args()
    report.machine("grpcio")

    chain = documents.Chain(documents.read(options.texts))
    texts = iter(lambda: chain.of_words(options.words), None)
    rows, throughputs = [], []
    for cores in options.cores:
        on = server.cores(cores)
        server.keep_off(on)
        with server.dossier(options.binary, on) as dossier:
            measure(dossier, texts, max(options.clients), WARM_UP)
            for clients in options.clients:
                done = measure(dossier, texts, clients, options.articles)
                p50, p95, p99 = (report.quantile(done.latencies, fraction) for fraction in (0.50, 0.95, 0.99))
                rate = options.articles / done.seconds
                service_time = cores / rate
                rows.append([cores, clients, *map(report.milliseconds, (p50, p95, p99, service_time)),
                             f"{p99 / p50:.2f}", f"{p50 / service_time:.2f}", f"{p99 / (4 * p50):.2f}",
                             f"{rate:.1f}", f"{rate * options.words:,.0f}"])
                throughputs.append((cores, clients, rate))
    print(f"\n{options.articles} articles of {options.words} words in each line.")
    report.table(["cores", "clients", "p50", "p95", "p99", "service time", "p99 / p50", "p50 / service time",
                  "p99 / (4 x p50)", "articles/s", "words/s"], rows)
    for cores, clients, rate in throughputs:
        for fewer, same, base in throughputs:
            if clients == same and fewer < cores:
                print(f"{cores} cores to {fewer}, {clients} clients: {rate / base:.2f} times the articles a second")


if __name__ == "__main__":
    main()
