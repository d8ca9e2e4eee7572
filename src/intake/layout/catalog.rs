//! The layouts at hand: those built in, beside the user's own files.

use std::sync::OnceLock;

use toml::de::DeTable;

use super::{Kind, Layout, written};
use crate::intake::error::IntakeError;
use crate::plan::Fault;

/// The built-in layout files, in the order they are listed in.
const BUILT_IN: &[(&str, &str)] = &[
    ("plain", include_str!("../../layouts/plain.toml")),
    ("tiktok-us", include_str!("../../layouts/tiktok-us.toml")),
    ("tiktok-jp", include_str!("../../layouts/tiktok-jp.toml")),
    ("shopify", include_str!("../../layouts/shopify.toml")),
    ("amazon-new", include_str!("../../layouts/amazon-new.toml")),
    ("amazon-unshipped", include_str!("../../layouts/amazon-unshipped.toml")),
    ("amazon-all", include_str!("../../layouts/amazon-all.toml")),
    ("amazon-fba", include_str!("../../layouts/amazon-fba.toml")),
    ("amazon-mtr", include_str!("../../layouts/amazon-mtr.toml")),
    ("ebay", include_str!("../../layouts/ebay.toml")),
    ("shipstation", include_str!("../../layouts/shipstation.toml")),
    ("easypost-report", include_str!("../../layouts/easypost-report.toml")),
    ("carrier-events", include_str!("../../layouts/carrier-events.toml")),
    ("aftership", include_str!("../../layouts/aftership.toml")),
    ("parcellab", include_str!("../../layouts/parcellab.toml")),
    ("trackings", include_str!("../../layouts/trackings.toml")),
];

/// The layouts at hand. Texts are held; they are read when a file is opened.
#[derive(Debug, Clone, Default)]
pub struct Layouts {
    /// The user's own layout files: name of the file and its text.
    own: Vec<(String, String)>,
}

/// One line about a layout: its id, what it is for, and what kind of file it reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LayoutInfo {
    /// The id `--layout` takes.
    pub id: String,
    /// For people.
    pub name: String,
    /// Where the file comes from, and what is to be known of it.
    pub about: Option<String>,
    /// What its files hold.
    pub kind: Kind,
    /// The columns it reads.
    pub columns: Vec<ColumnInfo>,
    /// Whether nothing can be read from such a file: what to download instead.
    pub instead: Option<String>,
    /// The file, where it is the user's own.
    pub own_file: Option<String>,
}

/// A column a layout reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnInfo {
    /// What it is to the tool, as layout files say it.
    pub field: &'static str,
    /// What headers call it.
    pub names: Vec<String>,
    /// The same in words.
    pub meaning: &'static str,
}

/// A layout file that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenLayout {
    /// The id it states, as far as it does.
    pub id: Option<String>,
    /// The file.
    pub file: String,
    /// What is wrong, with line, column and caret.
    pub message: String,
}

/// What could be read, and what could not.
pub(in crate::intake) struct Loaded {
    pub(in crate::intake) layouts: Vec<Layout>,
    pub(in crate::intake) broken: Vec<BrokenLayout>,
}

impl Layouts {
    /// The built-in layouts beside these files of the user's (name and text).
    pub fn new(own: Vec<(String, String)>) -> Layouts {
        Layouts { own }
    }

    /// All that can be read, the built-in ones first.
    ///
    /// # Errors
    /// A built-in layout with a mistake in it.
    pub(in crate::intake) fn load(&self) -> Result<Loaded, IntakeError> {
        let mut loaded = Loaded { layouts: built_in()?, broken: Vec::new() };
        for (file, text) in &self.own {
            let broken =
                |message: String| BrokenLayout { id: id_of(text), file: file.clone(), message };
            match written::parse(text) {
                Err(faults) => loaded.broken.push(broken(told(&faults))),
                Ok(layouts) => {
                    let taken = layouts
                        .iter()
                        .find_map(|new| loaded.layouts.iter().find(|known| known.id == new.id));
                    if let Some(taken) = taken {
                        let by = taken.own_file.as_deref().unwrap_or("a built-in layout");
                        let id = &taken.id;
                        let message = format!("id `{id}` is taken by {by}, expected another one");
                        loaded.broken.push(broken(message));
                        continue;
                    }
                    loaded.layouts.extend(
                        layouts
                            .into_iter()
                            .map(|layout| Layout { own_file: Some(file.clone()), ..layout }),
                    );
                }
            }
        }
        Ok(loaded)
    }

    /// One line about each, and the user's files that cannot be read.
    ///
    /// # Errors
    /// A built-in layout with a mistake in it.
    pub fn list(&self) -> Result<(Vec<LayoutInfo>, Vec<BrokenLayout>), IntakeError> {
        let loaded = self.load()?;
        Ok((loaded.layouts.iter().map(LayoutInfo::of).collect(), loaded.broken))
    }

    /// The text of the file a layout is in.
    pub fn text_of(&self, layout: &LayoutInfo) -> Option<&str> {
        let named = |text: &&str| {
            written::parse(text).is_ok_and(|all| all.iter().any(|one| one.id == layout.id))
        };
        match &layout.own_file {
            Some(file) => {
                self.own.iter().find(|(own, _)| own == file).map(|(_, text)| text.as_str())
            }
            None => BUILT_IN.iter().map(|(_, text)| *text).find(named),
        }
    }
}

/// The built-in layouts, read once: a program may open many files.
fn built_in() -> Result<Vec<Layout>, IntakeError> {
    static READ: OnceLock<Result<Vec<Layout>, (&str, String)>> = OnceLock::new();
    let read = READ.get_or_init(|| {
        let mut all = Vec::new();
        for (id, text) in BUILT_IN {
            all.extend(written::parse(text).map_err(|faults| (*id, told(&faults)))?);
        }
        Ok(all)
    });
    read.clone().map_err(|(id, message)| IntakeError::BadLayout { id: id.to_owned(), message })
}

impl LayoutInfo {
    fn of(layout: &Layout) -> LayoutInfo {
        LayoutInfo {
            id: layout.id.clone(),
            name: layout.name.clone(),
            about: layout.about.clone(),
            kind: layout.kind,
            columns: layout
                .columns
                .iter()
                .map(|(field, names)| ColumnInfo {
                    field: field.word(),
                    names: names.clone(),
                    meaning: field.said(),
                })
                .collect(),
            instead: layout.instead.clone(),
            own_file: layout.own_file.clone(),
        }
    }
}

/// Checks the text of a layout file: the layouts in it.
///
/// # Errors
/// Everything that is wrong, in the order of the file.
pub fn check_layout(text: &str) -> Result<Vec<LayoutInfo>, Vec<Fault>> {
    written::parse(text).map(|layouts| layouts.iter().map(LayoutInfo::of).collect())
}

fn told(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("\n\n")
}

/// The id a file states, whatever else is wrong with it.
fn id_of(text: &str) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().get("id")?.get_ref().as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Layouts, check_layout};

    #[test]
    fn the_built_in_layouts_are_whole() {
        let (layouts, broken) = Layouts::default().list().unwrap();
        assert!(broken.is_empty());
        for (id, text) in BUILT_IN {
            assert_eq!(check_layout(text).unwrap()[0].id, *id);
        }
        let mut ids: Vec<&str> = layouts.iter().map(|l| l.id.as_str()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "each has its own id");
    }

    fn faults(text: &str) -> Vec<String> {
        let faults = check_layout(text).unwrap_err();
        faults.iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_mistake_is_shown_with_its_line_and_a_caret() {
        let text = "id = \"x\"\nname = \"X\"\nkind = \"parcels\"\none-row-per = \"box\"\n";
        assert_eq!(
            faults(text),
            [
                "line 4, column 15\n  |\n4 | one-row-per = \"box\"\n  |               ^^^^^\nunknown word `box`, expected one of `parcel`, `sku-line`, `event`, `shipment`"
            ]
        );
    }

    #[test]
    fn what_the_shape_allows_and_the_meaning_does_not_is_shown_too_all_of_it() {
        let text = "\
id = \"My Shop\"
name = \"X\"
kind = \"parcels\"
one-row-per = \"event\"
package-is-label = true
needs = [[\"value\"]]
[columns]
order = [\"Order\", \"Ref\"]
tracking = [\"ref\"]
[[when]]
column = \"order\"
means = \"cancelled\"
";
        let told = faults(text);
        let lines: Vec<&str> = told.iter().map(|told| told.lines().next().unwrap()).collect();
        assert_eq!(
            lines,
            [
                "line 1, column 6",
                "line 4, column 15",
                "line 5, column 20",
                "line 6, column 1",
                "line 7, column 2",
                "line 9, column 1",
                "line 10, column 1",
            ]
        );
        assert!(told[3].ends_with("`value` has no names under [columns]"), "{}", told[3]);
        assert!(told[5].ends_with("`ref` is a name of `order` too, expected one"), "{}", told[5]);
    }

    #[test]
    fn a_layout_of_your_own_stands_beside_them_under_its_own_id() {
        let own = BUILT_IN[0].1.replace("id = \"plain\"", "id = \"mine\"");
        let files = vec![
            ("mine.toml".to_owned(), own.clone()),
            ("again.toml".to_owned(), own),
            ("plain.toml".to_owned(), BUILT_IN[0].1.to_owned()),
            ("half.toml".to_owned(), "id = \"half\"\nname = 3\n".to_owned()),
        ];
        let (layouts, broken) = Layouts::new(files).list().unwrap();
        let own: Vec<_> = layouts.iter().filter(|l| l.own_file.is_some()).map(|l| &l.id).collect();
        assert_eq!(own, ["mine"]);
        let broken: Vec<_> = broken.iter().map(|b| (b.file.as_str(), b.id.as_deref())).collect();
        assert_eq!(
            broken,
            [
                ("again.toml", Some("mine")),
                ("plain.toml", Some("plain")),
                ("half.toml", Some("half"))
            ]
        );
    }
}
