//! Figures of several runs, and how they are written: whole nanoseconds, no floating point.

use std::time::Duration;

/// One run of a program.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    /// From before the start to after the end.
    pub(crate) wall: Duration,
    /// Time on processors, in user and system mode, of all threads; nothing where it is not known.
    pub(crate) cpu: Option<Duration>,
    /// The most memory it held, in bytes; nothing where it is not known.
    pub(crate) peak: Option<u64>,
}

/// All runs of one program in one case.
#[derive(Clone, Default)]
pub(crate) struct Series(Vec<Run>);

impl Series {
    /// Adds a run.
    pub(crate) fn push(&mut self, run: Run) {
        self.0.push(run);
    }

    /// The median of the wall times.
    pub(crate) fn wall(&self) -> Duration {
        median(self.0.iter().map(|run| run.wall).collect())
    }

    /// The median of the processor times.
    pub(crate) fn cpu(&self) -> Option<Duration> {
        self.0.iter().map(|run| run.cpu).collect::<Option<Vec<_>>>().map(median)
    }

    /// The largest peak.
    pub(crate) fn peak(&self) -> Option<u64> {
        self.0.iter().map(|run| run.peak).max().flatten()
    }

    /// The quickest and the slowest run.
    pub(crate) fn range(&self) -> (Duration, Duration) {
        let walls = || self.0.iter().map(|run| run.wall);
        (walls().min().unwrap_or_default(), walls().max().unwrap_or_default())
    }

    /// The wall time in seconds, `6.79 (6.70-6.91)`.
    pub(crate) fn in_seconds(&self) -> String {
        let (least, most) = self.range();
        format!("{} ({}-{})", seconds(self.wall()), seconds(least), seconds(most))
    }

    /// The wall time in milliseconds, `1.72 (1.51-2.90)`.
    pub(crate) fn in_millis(&self) -> String {
        let (least, most) = self.range();
        format!("{} ({}-{})", millis(self.wall()), millis(least), millis(most))
    }

    /// The processor time in seconds, or a dash.
    pub(crate) fn cpu_seconds(&self) -> String {
        self.cpu().map_or_else(dash, seconds)
    }

    /// The peak in megabytes, or a dash.
    pub(crate) fn peak_megabytes(&self) -> String {
        self.peak().map_or_else(dash, megabytes)
    }
}

/// What is not known, or not asked.
pub(crate) fn dash() -> String {
    "-".to_owned()
}

/// The median; of an even number of values the mean of the middle two.
fn median(mut values: Vec<Duration>) -> Duration {
    values.sort_unstable();
    let half = values.len() / 2;
    match (values.get(half.wrapping_sub(1)), values.get(half)) {
        (Some(low), Some(high)) if values.len().is_multiple_of(2) => (*low + *high) / 2,
        (_, Some(middle)) => *middle,
        _ => Duration::ZERO,
    }
}

/// Hundredths as a decimal.
fn hundredths(count: u128) -> String {
    format!("{}.{:02}", count / 100, count % 100)
}

/// A time in seconds, two decimals.
pub(crate) fn seconds(time: Duration) -> String {
    hundredths((time.as_nanos() + 5_000_000) / 10_000_000)
}

/// A time in milliseconds, two decimals.
pub(crate) fn millis(time: Duration) -> String {
    hundredths((time.as_nanos() + 5_000) / 10_000)
}

/// Bytes in megabytes of 1,000,000, no decimals.
pub(crate) fn megabytes(bytes: u64) -> String {
    grouped((bytes + 500_000) / 1_000_000)
}

/// How many times the second time the first one is, two decimals.
pub(crate) fn ratio(time: Duration, of: Duration) -> String {
    let of = of.as_nanos().max(1);
    hundredths((time.as_nanos() * 100 + of / 2) / of)
}

/// Whether the first time is at most so many hundredths of the second.
pub(crate) fn within(time: Duration, hundredths: u128, of: Duration) -> bool {
    time.as_nanos() * 100 <= of.as_nanos() * hundredths
}

/// A whole number with thousands apart: `1,000,000`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
