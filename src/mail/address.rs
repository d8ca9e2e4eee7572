//! A mail address, with or without a name before it.

use std::fmt;

use lettre::Address;

/// A mail address: `buyer@example.com`, or `Shop <claims@example.com>`. Its domain is in the form
/// that mail servers know: `bücher.example` is `xn--bcher-kva.example`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    name: Option<String>,
    address: Address,
}

impl Mailbox {
    /// Reads an address.
    ///
    /// # Errors
    /// What is wrong with it, and what was expected.
    pub fn parse(text: &str) -> Result<Mailbox, String> {
        let text = text.trim();
        let none = |why: &str| {
            format!(
                "`{}` is no mail address, {why}",
                text.replace(|c: char| c.is_control(), "\u{fffd}")
            )
        };
        if text.chars().any(char::is_control) {
            return Err(none("it holds a line break or another control character"));
        }
        let (name, address) = match text.strip_suffix('>') {
            Some(rest) => {
                let (name, address) = rest
                    .rsplit_once('<')
                    .ok_or_else(|| none("expected `<` before the address that ends with `>`"))?;
                (unquoted(name.trim()), address.trim())
            }
            None => (None, text),
        };
        let form = "expected one such as buyer@example.com or Shop <claims@example.com>";
        let (user, domain) = address.rsplit_once('@').ok_or_else(|| none(form))?;
        if !user.is_ascii() {
            return Err(none(
                "mail servers take only ASCII letters, digits and signs before the @",
            ));
        }
        let domain = match domain.strip_prefix('[') {
            Some(_) => domain.to_owned(),
            None => idna::domain_to_ascii(domain)
                .ok()
                .filter(|domain| domain.contains('.') && !domain.ends_with('.'))
                .ok_or_else(|| none("expected a domain such as example.com after the @"))?,
        };
        let address = Address::new(user, domain).map_err(|_| none(form))?;
        Ok(Mailbox { name, address })
    }

    /// The same address under another name, or none.
    pub fn named(self, name: Option<&str>) -> Mailbox {
        let name = name.map(|name| name.replace(|c: char| c.is_control(), " ").trim().to_owned());
        Mailbox { name: name.filter(|name| !name.is_empty()), ..self }
    }

    /// The name before it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address alone.
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    /// What follows the `@`.
    pub fn domain(&self) -> &str {
        self.address.domain()
    }

    pub(super) fn envelope(&self) -> Address {
        self.address.clone()
    }

    pub(super) fn header(&self) -> lettre::message::Mailbox {
        lettre::message::Mailbox::new(self.name.clone(), self.address.clone())
    }
}

impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}

fn unquoted(name: &str) -> Option<String> {
    let inner = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
    let name = inner.map_or(name.to_owned(), |inner| inner.replace("\\\"", "\""));
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::Mailbox;

    #[test]
    fn an_address_reads_with_its_name_and_its_domain_in_ascii() {
        for (text, shown) in [
            ("buyer@example.com", "buyer@example.com"),
            (" Shop <claims@example.com> ", "Shop <claims@example.com>"),
            ("\"Shop, Claims\" <claims@example.com>", "Shop, Claims <claims@example.com>"),
            ("小店 <claims@bücher.example>", "小店 <claims@xn--bcher-kva.example>"),
            ("a.b+c@例え.example", "a.b+c@xn--r8jz45g.example"),
        ] {
            assert_eq!(Mailbox::parse(text).unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_named_with_what_was_expected() {
        for (text, why) in [
            ("", "expected one such as"),
            ("buyer", "expected one such as"),
            ("@example.com", "expected one such as"),
            ("buyer@", "expected a domain"),
            ("buyer@gmail", "expected a domain"),
            ("buyer@exa mple.com", "expected one such as"),
            ("buyer@example..com", "expected"),
            ("a@example.com, b@example.com", "expected"),
            ("a@example.com;b@example.com", "expected"),
            ("claims@example.com>", "expected `<`"),
            ("büyer@example.com", "only ASCII"),
            ("buyer@example.com\r\nBcc: all@example.com", "control character"),
        ] {
            let said = Mailbox::parse(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
            assert!(!said.contains('\n'), "{said}");
        }
    }
}
