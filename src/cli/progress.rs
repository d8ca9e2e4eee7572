//! A sign on stderr that work goes on, where stderr is a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Session;

/// Counts what is done while it is not known how much there is, or how far of it.
pub(super) struct Spinner(ProgressBar);

impl Spinner {
    /// Of so-called things.
    pub(super) fn new(things: &'static str, session: &Session<'_>) -> Spinner {
        Spinner::of(None, things, session)
    }

    /// Of so many of them, where that is known.
    pub(super) fn of(count: Option<u64>, things: &'static str, session: &Session<'_>) -> Spinner {
        let shown = session.world.stderr_is_terminal && !session.quiet;
        let target =
            if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(count, target);
        let style = match count {
            Some(_) => "{wide_bar} {pos}/{len} {msg}",
            None => "{spinner} {pos} {msg}",
        };
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.set_message(things);
        bar.enable_steady_tick(Duration::from_millis(200));
        Spinner(bar)
    }

    /// One more is done.
    pub(super) fn tick(&self) {
        self.0.inc(1);
    }

    /// Takes it away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
