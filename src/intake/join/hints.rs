//! What to do about a file of tracking numbers that cannot be read.

use crate::intake::error::IntakeError;

impl IntakeError {
    /// What to do about it in a file that stands beside the one which the flags are about.
    pub(in crate::intake) fn hint_beside(&self) -> Option<String> {
        let text = match self {
            IntakeError::TwoLayouts { first, second, .. } => {
                format!("say which with --tracking-layout {first} or --tracking-layout {second}")
            }
            IntakeError::MissingColumn { .. } => {
                "leave --tracking-layout away to have the layout detected, or add the column"
                    .to_owned()
            }
            IntakeError::UnknownLayout { .. } => {
                "name its columns order_id and tracking_number; carrier, service and ship_date may \
                 stand beside them"
                    .to_owned()
            }
            IntakeError::Sheets { .. } => "save the one sheet as a file of its own".to_owned(),
            IntakeError::Members { .. } => "unpack it and name the one file in it".to_owned(),
            IntakeError::TwoEncodings { .. } => "save it as \"CSV UTF-8\"".to_owned(),
            IntakeError::NotText { found, .. } if found.contains("encoding") => {
                "save it as \"CSV UTF-8\"".to_owned()
            }
            IntakeError::OtherDates { .. } => "write its days as 2026-11-03".to_owned(),
            IntakeError::InSheet { inner, .. } => return inner.hint_beside(),
            other => return other.hint(),
        };
        Some(text)
    }
}
