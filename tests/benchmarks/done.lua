-- What a run was, as a line of JSON on standard error.
function done(summary, latency, requests)
  io.stderr:write(string.format(
    '{"requests": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p50Milliseconds": %.2f, "p99Milliseconds": %.2f}\n',
    summary.requests,
    summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.duration / 1e6,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3
  ))
end
