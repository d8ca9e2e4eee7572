//! What the shops sell.

/// A product: two words or three, and the number its SKUs are made from.
#[derive(Clone, Copy)]
pub(crate) struct Product {
    pub(crate) number: u64,
    pub(crate) material: &'static str,
    pub(crate) thing: &'static str,
}

/// Products in the catalogue.
pub(crate) const CATALOGUE: u64 = (MATERIALS.len() * THINGS.len()) as u64;

/// First words of the catalogue.
const MATERIALS: [&str; 20] = [
    "Bamboo", "Canvas", "Ceramic", "Copper", "Cork", "Cotton", "Glass", "Jute", "Leather", "Linen",
    "Marble", "Matte", "Mini", "Oak", "Rattan", "Silicone", "Steel", "Velvet", "Walnut", "Wool",
];

/// Last words of the catalogue.
const THINGS: [&str; 20] = [
    "backpack",
    "basket",
    "bowl",
    "bookend",
    "clock",
    "coaster",
    "cushion",
    "desk mat",
    "frame",
    "journal",
    "key hook",
    "lamp",
    "lunch box",
    "mug",
    "organizer",
    "pet bed",
    "planter",
    "tote bag",
    "tray",
    "vase",
];

/// Products outside the catalogue.
const PRECIOUS: [(&str, &str); 4] =
    [("Mirrorless", "camera"), ("Cinema", "lens"), ("Survey", "drone"), ("Carbon", "road bike")];

/// One of the `CATALOGUE` products.
pub(crate) fn product(number: u64) -> Product {
    let materials = MATERIALS.len() as u64;
    Product {
        number,
        material: MATERIALS[(number % materials) as usize],
        thing: THINGS[(number / materials) as usize],
    }
}

/// A product worth more than 5,000.
pub(crate) fn precious(number: u64) -> Product {
    let (material, thing) = PRECIOUS[(number % PRECIOUS.len() as u64) as usize];
    Product { number: CATALOGUE + number % PRECIOUS.len() as u64, material, thing }
}
