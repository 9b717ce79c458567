// What these tests share with the fuzzer: the sink that records, rules for tests, generators, the comparison with the
// oracle. One import for all files.
@_exported import Trials
