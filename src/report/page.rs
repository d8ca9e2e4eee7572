//! page
use super::Report;
/// page
pub fn page(_r: &Report, _limits: &[String]) -> Result<String, std::fmt::Error> {
    Ok(String::new())
}
