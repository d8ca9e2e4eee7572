//! A parcel: one physical package with one label, and what its seller knows of it.

mod same;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::calendar::Day;
use crate::exchange::Exchange;
use crate::money::{Currency, Money, MoneyError, share};
use crate::words::words;

pub use same::{is_blank, plain_order, plain_tracking, plain_unpacked, same_order, same_tracking};

/// A country by its two-letter ISO 3166 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

/// Every code of ISO 3166-1 (and XK, in use for Kosovo), in order.
const CODES: &[u8] = b"\
    ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCD\
    CFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGF\
    GGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKN\
    KPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNA\
    NCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSI\
    SJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVI\
    VNVUWFWSXKYEYTZAZMZW";

/// Whether there is a country of two letters, by both.
const KNOWN: [[bool; 26]; 26] = {
    let mut known = [[false; 26]; 26];
    let mut codes = CODES;
    while let [first, second, rest @ ..] = codes {
        known[(*first - b'A') as usize][(*second - b'A') as usize] = true;
        codes = rest;
    }
    known
};

impl Country {
    /// Reads the code of a country there is, in either case. Names are read by `intake`.
    pub fn from_code(code: &str) -> Option<Country> {
        let code: [u8; 2] = code.as_bytes().try_into().ok()?;
        let code = code.map(|byte| byte.to_ascii_uppercase());
        let [first, second] = code.map(|byte| usize::from(byte.wrapping_sub(b'A')));
        let known = *KNOWN.get(first)?.get(second)?;
        known.then_some(Country(code))
    }

    /// The two letters.
    pub fn code(&self) -> &str {
        // Both bytes are ASCII letters.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let code = String::deserialize(d)?;
        Country::from_code(&code).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{code}` is no country code, expected ISO 3166 letters such as US or GB"
            ))
        })
    }
}

/// The names a parcel goes by. At least one is given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ids {
    /// The marketplace's order number. A combined parcel has further ones in [`Parcel::other_orders`].
    pub order: Option<String>,
    /// The marketplace's package number.
    pub package: Option<String>,
    /// The carrier's tracking number, known once the label is bought.
    pub tracking: Option<String>,
}

/// A package number shorter than this counts within its order only: every order has a package 1.
pub(crate) const STANDS_ALONE: usize = 6;

impl Ids {
    /// The one name that tells this parcel from all others: its package number (within its order
    /// where the number is short), else its tracking number, else its order, not yet packed.
    pub fn handle(&self) -> String {
        self.written_handle().into_owned()
    }

    /// [`Ids::handle`], not copied where one number is all of it.
    pub fn written_handle(&self) -> Cow<'_, str> {
        self.handle_of(Cow::Borrowed, Cow::Borrowed)
    }

    /// The handle made of numbers in this form: of orders and packages, and of tracking numbers.
    fn handle_of<'a>(
        &'a self,
        order_of: impl Fn(&'a str) -> Cow<'a, str>,
        tracking_of: impl Fn(&'a str) -> Cow<'a, str>,
    ) -> Cow<'a, str> {
        let package = self.package.as_deref().map(&order_of);
        match (package, self.order.as_deref(), self.tracking.as_deref()) {
            (Some(package), Some(order), _) if package.len() < STANDS_ALONE => {
                Cow::Owned(format!("{}/{package}", order_of(order)))
            }
            // Without its order a short number names nothing, the label does.
            (Some(package), None, Some(tracking)) if package.len() < STANDS_ALONE => {
                tracking_of(tracking)
            }
            (Some(package), _, _) => package,
            (None, _, Some(tracking)) => tracking_of(tracking),
            (None, Some(order), None) => Cow::Owned(unpacked(&order_of(order))),
            (None, None, None) => Cow::Borrowed(""),
        }
    }

    /// The most telling of the names, for a person: one that finds the parcel again.
    pub fn shown(&self) -> String {
        let handle = self.handle();
        match handle.strip_suffix('/') {
            Some(order) => order.to_owned(),
            None if handle.is_empty() => "(no id)".to_owned(),
            None => handle,
        }
    }
}

/// The handle of an order that is not yet packed: no package number, no label.
pub fn unpacked(order: &str) -> String {
    format!("{order}/")
}

/// What counts as value, in parts: what the buyer paid for the goods, what coupons of the platform
/// added, and the shipping fee the buyer paid. Which parts count is the plan's to say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ValueParts {
    /// Goods, as the buyer paid for them.
    pub product: Money,
    /// Platform discount (coupons) the platform paid to the seller.
    pub coupon: Money,
    /// The buyer's shipping fee, or this parcel's share of it.
    pub shipping: Money,
}

impl ValueParts {
    /// A value stated as one figure: all of it is taken as goods.
    pub fn stated(value: Money) -> ValueParts {
        let zero = Money::zero(value.currency());
        ValueParts { product: value, coupon: zero, shipping: zero }
    }

    /// All three parts together.
    ///
    /// # Errors
    /// Parts in two currencies, or a sum too large to hold.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.product.plus(self.coupon)?.plus(self.shipping)
    }

    /// The currency of the parts.
    pub fn currency(&self) -> Currency {
        self.product.currency()
    }

    /// The parts in another currency. It is their total that is converted; the parts are shares
    /// of what it comes to, so that they still add up.
    ///
    /// # Errors
    /// Parts of another currency than the rate's, or a total too large to hold.
    pub fn converted(&self, at: &Exchange) -> Result<ValueParts, MoneyError> {
        let total = at.convert(self.total()?)?;
        let parts = [self.product, self.coupon, self.shipping].map(Money::minor);
        let shares = share(total.minor(), &parts);
        let money = |at| Money::from_minor(shares.get(at).copied().unwrap_or(0), total.currency());
        Ok(ValueParts { product: money(0), coupon: money(1), shipping: money(2) })
    }
}

/// What a parcel was stated to be worth in another currency than that of its terms.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Stated {
    /// The rate it was converted at.
    #[serde(flatten)]
    pub at: Arc<Exchange>,
    /// All of it, in the currency it was stated in.
    #[serde(rename = "stated_value")]
    pub value: Money,
}

impl fmt::Display for Stated {
    /// `450.00 EUR x 1.0850 (2026-11-20, ECB reference rate)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} x {}", self.value, self.at)
    }
}

words! {
    /// Who made the label and ships the parcel: only some of them are covered.
    #[derive(Default)]
    pub enum Fulfilment {
        /// Shipped by the seller with a label bought from the platform.
        #[default]
        PlatformLabel = "platform-label",
        /// Shipped by the seller with a label of their own.
        SellerLabel = "seller-label",
        /// Stored and shipped by the platform (FBT, FBA).
        PlatformWarehouse = "platform-warehouse",
    }
}

/// Where the label stands when cover is asked for. Cover is sold only up to the label's purchase.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Label {
    /// No label yet.
    #[default]
    None,
    /// The label is bought in this very step.
    ThisStep,
    /// The label was there before, since this day where it is known.
    Exists(Option<Day>),
}

/// What the carrier did with the parcel, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CarrierFacts {
    /// First scan by the carrier: from then on the cover is effective.
    pub scanned_on: Option<Day>,
    /// Delivered.
    pub delivered_on: Option<Day>,
    /// The order or its label was cancelled.
    pub cancelled: bool,
    /// When, where the file says.
    pub cancelled_on: Option<Day>,
    /// The latest sign of life on its way.
    pub moved_on: Option<Day>,
}

words! {
    /// One thing a carrier (or the label's seller) reports of a parcel.
    pub enum CarrierEvent {
        /// The label was bought.
        Labelled = "labelled",
        /// The carrier scanned it: the first such scan makes the cover effective.
        Scanned = "scanned",
        /// It was seen on its way: without such news a parcel is stalled.
        Moved = "moved",
        /// Delivered.
        Delivered = "delivered",
        /// The label was cancelled.
        Cancelled = "cancelled",
        /// The carrier reports damage.
        Damaged = "damaged",
        /// The carrier reports it lost.
        Lost = "lost",
        /// It went back to the sender.
        Returned = "returned",
    }
}

/// How much cover is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CoverChoice {
    /// The free cover alone. The default wherever cover is recorded: nothing is bought unasked.
    #[default]
    Included,
    /// All of the package value, up to the plan's maximum.
    Full,
    /// This much.
    Amount(Money),
}

impl CoverChoice {
    /// Reads `included`, `full` or an amount.
    ///
    /// # Errors
    /// Neither word nor an amount of this currency.
    pub fn parse(text: &str, currency: Currency) -> Result<CoverChoice, MoneyError> {
        match text.trim() {
            word if word.eq_ignore_ascii_case("included") => Ok(CoverChoice::Included),
            word if word.eq_ignore_ascii_case("full") => Ok(CoverChoice::Full),
            amount => Money::parse(amount, currency).map(CoverChoice::Amount),
        }
    }
}

/// One physical package with one label.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parcel {
    /// Its names.
    pub ids: Ids,
    /// Further orders packed into it (a combined parcel).
    pub other_orders: Vec<String>,
    /// What it is worth, in parts.
    pub value: ValueParts,
    /// What it was stated to be worth in another currency, from which `value` was converted.
    pub stated: Option<Box<Stated>>,
    /// Country it leaves from; the plan's home where it is not given.
    pub from: Option<Country>,
    /// Country it goes to; taken as the plan's home where it is not given.
    pub to: Option<Country>,
    /// The carrier, as the seller writes it.
    pub carrier: Option<String>,
    /// The carrier's service.
    pub service: Option<String>,
    /// How it was handed over, in the plan's words: `drop-box`, `shipper-release`.
    pub shipped: Vec<String>,
    /// The kind of goods (a category), against which a plan's excluded goods are held.
    pub goods: Option<String>,
    /// What is in it, in the seller's words.
    pub contents: Option<String>,
    /// Who made the label and ships.
    pub fulfilment: Fulfilment,
    /// Where the label stands.
    pub label: Label,
    /// The day it was, or will be, handed over. Windows count from it.
    pub ship_date: Option<Day>,
    /// What the carrier is known to have done.
    pub facts: CarrierFacts,
}

impl Parcel {
    /// A parcel of this value with nothing else known of it.
    pub fn of_value(value: ValueParts) -> Parcel {
        Parcel {
            ids: Ids::default(),
            other_orders: Vec::new(),
            value,
            stated: None,
            from: None,
            to: None,
            carrier: None,
            service: None,
            shipped: Vec::new(),
            goods: None,
            contents: None,
            fulfilment: Fulfilment::default(),
            label: Label::default(),
            ship_date: None,
            facts: CarrierFacts::default(),
        }
    }

    /// The latest day on which anything was heard of it: a scan, or news of its way.
    pub fn last_moved_on(&self) -> Option<Day> {
        self.facts.moved_on.max(self.facts.scanned_on)
    }

    /// The day windows count from: the stated ship date, else the first scan.
    pub fn shipped_on(&self) -> Option<Day> {
        self.ship_date.or(self.facts.scanned_on)
    }
}

#[cfg(test)]
mod tests {
    use super::{Country, Fulfilment, Ids};

    #[test]
    fn a_short_package_number_counts_within_its_order() {
        let ids = |order: &str, package: &str, tracking: &str| {
            let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
            Ids { order: some(order), package: some(package), tracking: some(tracking) }.handle()
        };
        assert_eq!(ids("576400000000000001", "1", ""), "576400000000000001/1");
        assert_eq!(ids("576400000000000001", "1150000000000000001", "94"), "1150000000000000001");
        assert_eq!(ids("", "1", "9400111"), "9400111");
        assert_eq!(ids("576400000000000001", "", "9400111"), "9400111");
        assert_eq!(ids("576400000000000001", "", ""), "576400000000000001/");
    }

    #[test]
    fn words_read_back() {
        for (fulfilment, word) in Fulfilment::ALL {
            assert_eq!(Fulfilment::from_word(word), Some(fulfilment));
        }
        assert_eq!(Country::from_code("us").map(|c| c.to_string()), Some("US".into()));
        assert_eq!(Country::from_code("U1"), None);
        assert_eq!(Country::from_code("UK"), None, "the code is GB");
    }
}
