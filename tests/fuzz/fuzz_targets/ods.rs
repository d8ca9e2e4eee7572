#![no_main]

#[path = "../targets/mod.rs"]
#[allow(dead_code, unused_imports, reason = "each fuzzer has one of the targets")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::ods(bytes));
