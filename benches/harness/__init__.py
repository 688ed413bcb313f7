"""What the benchmarks share: text to read, servers to measure, the load on them, and the report."""
