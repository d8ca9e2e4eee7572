//! Countries as sellers' files write them: a code, or the name a marketplace uses.

use crate::parcel::Country;

/// Names by code, in English and as the countries' own marketplaces write them. The United States first: nearly every row of the default layout.
const NAMES: &[(&str, &str)] = &[
    ("US", "United States"),
    ("US", "United States of America"),
    ("US", "USA"),
    ("PR", "Puerto Rico"),
    ("GU", "Guam"),
    ("VI", "U.S. Virgin Islands"),
    ("VI", "Virgin Islands, U.S."),
    ("VI", "United States Virgin Islands"),
    ("AS", "American Samoa"),
    ("MP", "Northern Mariana Islands"),
    ("MH", "Marshall Islands"),
    ("FM", "Micronesia"),
    ("PW", "Palau"),
    ("GB", "United Kingdom"),
    ("GB", "UK"),
    ("GB", "Great Britain"),
    ("GB", "GBR"),
    ("AE", "United Arab Emirates"),
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("CL", "Chile"),
    ("CN", "China"),
    ("CO", "Colombia"),
    ("CZ", "Czechia"),
    ("DE", "Germany"),
    ("DK", "Denmark"),
    ("ES", "Spain"),
    ("FI", "Finland"),
    ("FR", "France"),
    ("GR", "Greece"),
    ("HK", "Hong Kong"),
    ("HU", "Hungary"),
    ("ID", "Indonesia"),
    ("IE", "Ireland"),
    ("IL", "Israel"),
    ("IN", "India"),
    ("IT", "Italy"),
    ("JP", "Japan"),
    ("KR", "South Korea"),
    ("MX", "Mexico"),
    ("MY", "Malaysia"),
    ("NL", "Netherlands"),
    ("NO", "Norway"),
    ("NZ", "New Zealand"),
    ("PH", "Philippines"),
    ("PL", "Poland"),
    ("PT", "Portugal"),
    ("RO", "Romania"),
    ("SA", "Saudi Arabia"),
    ("SE", "Sweden"),
    ("SG", "Singapore"),
    ("TH", "Thailand"),
    ("TR", "Turkey"),
    ("TW", "Taiwan"),
    ("VN", "Vietnam"),
    ("ZA", "South Africa"),
    ("US", "美国"),
    ("US", "Estados Unidos"),
    ("BR", "Brasil"),
    ("CA", "加拿大"),
    ("CN", "中国"),
    ("DE", "德国"),
    ("FR", "法国"),
    ("GB", "英国"),
    ("JP", "日本"),
    ("MX", "México"),
    ("TH", "ไทย"),
    ("TH", "ประเทศไทย"),
    ("VN", "Việt Nam"),
    ("VN", "Viet Nam"),
];

/// The country a text names, by code or by name.
pub fn read(text: &str) -> Option<Country> {
    let named = || {
        NAMES
            .iter()
            .find(|(_, name)| *name == text || name.eq_ignore_ascii_case(text))
            .and_then(|(code, _)| Country::from_code(code))
    };
    // `UK` is what the British write; its code is GB.
    if text.len() == 2 && !text.eq_ignore_ascii_case("UK") {
        return Country::from_code(text);
    }
    named()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn countries_by_code_and_by_name() {
        let code = |text| read(text).map(|c| c.to_string());
        assert_eq!(code("us"), Some("US".into()));
        assert_eq!(code("United States"), Some("US".into()));
        assert_eq!(code("puerto rico"), Some("PR".into()));
        assert_eq!(code("UK"), Some("GB".into()));
        assert_eq!(code("Atlantis"), None);
        assert_eq!(code("U1"), None);
    }
}
