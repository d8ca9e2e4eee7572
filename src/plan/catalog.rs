//! The plans at hand: those built in, beside the user's own files.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::read::{PlanError, check, read};
use super::terms::Plan;
use super::yours::{Override, with_your_figures};

/// The plan that is used where none is named.
pub const DEFAULT_PLAN: &str = "tiktok-upic";

/// What stands for all plans where one command takes several.
pub const ALL_PLANS: &str = "all";

/// Whether more plans than one are named: all of them, or several ids with commas between.
pub fn names_several(ids: &str) -> bool {
    ids == ALL_PLANS || ids.contains(',')
}

/// Their ids and texts.
pub(super) const BUILT_IN: &[(&str, &str)] = &[
    ("tiktok-upic", include_str!("../plans/tiktok-upic.toml")),
    ("takesendship", include_str!("../plans/takesendship.toml")),
    ("tiktok-logistics", include_str!("../plans/tiktok-logistics.toml")),
    ("cart-protection", include_str!("../plans/cart-protection.toml")),
    ("ups-declared-value", include_str!("../plans/ups-declared-value.toml")),
    ("easypost", include_str!("../plans/easypost.toml")),
    ("shippo-xcover", include_str!("../plans/shippo-xcover.toml")),
    ("parcelguard", include_str!("../plans/parcelguard.toml")),
    ("shopify-shipsurance", include_str!("../plans/shopify-shipsurance.toml")),
    ("pirateship", include_str!("../plans/pirateship.toml")),
    ("easyship-insureship", include_str!("../plans/easyship-insureship.toml")),
];

/// The plans at hand by id. Texts are held; a plan is read when it is asked for.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// The user's own plan files: name of the file and its text.
    own: Vec<(String, String)>,
    /// The user's figures, by plan.
    overrides: BTreeMap<String, Vec<Override>>,
}

/// A plan as read, with the text it came from: the ledger keeps that text.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The plan, with the user's figures put in.
    pub plan: Plan,
    /// The file's text, with the user's figures put in.
    pub text: String,
    /// The file, where it is the user's own.
    pub own_file: Option<String>,
}

/// All plans that can be read, and the files that cannot.
#[derive(Debug, Clone, Default)]
pub struct AllPlans {
    /// The plans, the built-in ones first.
    pub plans: Vec<Loaded>,
    /// What could not be read, in the order of the files.
    pub broken: Vec<BrokenPlan>,
}

/// A plan that cannot be used.
#[derive(Debug, Clone)]
pub struct BrokenPlan {
    /// Its id, as far as its file says so.
    pub id: Option<String>,
    /// How many mistakes its file has; none where another plan, or a figure of the user, stands
    /// against it.
    pub mistakes: usize,
    /// What is wrong.
    pub why: PlanError,
}

impl Catalog {
    /// The built-in plans, the user's own files (name and text), and the user's figures by plan.
    pub fn new(own: Vec<(String, String)>, overrides: BTreeMap<String, Vec<Override>>) -> Catalog {
        Catalog { own, overrides }
    }

    /// The plan with this id.
    ///
    /// # Errors
    /// No such plan (with those there are), several are named, or its file is wrong. What is wrong
    /// with other files does not matter.
    pub fn load(&self, id: &str) -> Result<Loaded, PlanError> {
        self.pick(&self.own()?, id)
    }

    /// The plan with this id, among these of the user's or the built-in ones.
    fn pick(&self, own: &AllPlans, id: &str) -> Result<Loaded, PlanError> {
        if names_several(id) {
            return Err(PlanError {
                file: format!("plan {id}"),
                message: "this needs one plan, and several are named; `insure quote` compares several for one parcel".to_owned(),
            });
        }
        if let Some(broken) = own.broken.iter().find(|broken| broken.id.as_deref() == Some(id)) {
            return Err(broken.why.clone());
        }
        if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == id) {
            return self.put_together(&format!("plan {id}"), text, None);
        }
        let ids: Vec<&str> = BUILT_IN
            .iter()
            .map(|(id, _)| *id)
            .chain(own.plans.iter().map(|loaded| loaded.plan.id.as_str()))
            .collect();
        let mut message = format!("there is no such plan, there are: {}", ids.join(", "));
        let unread: Vec<&str> = own.broken.iter().map(|broken| broken.why.file.as_str()).collect();
        if !unread.is_empty() {
            message.push_str(&format!(
                "; it may be in a file that cannot be read (insure plan check): {}",
                unread.join(", ")
            ));
        }
        let unknown = PlanError { file: format!("plan {id}"), message };
        own.plans.iter().find(|loaded| loaded.plan.id == id).cloned().ok_or(unknown)
    }

    /// The plans that are named: all of them, or several ids with commas between, each once.
    ///
    /// # Errors
    /// No such plan (with those there are), or a file is wrong.
    pub fn load_several(&self, ids: &str) -> Result<Vec<Loaded>, PlanError> {
        if ids == ALL_PLANS {
            let all = self.all()?;
            return match all.broken.first() {
                None => Ok(all.plans),
                Some(broken) => Err(broken.not_among_all()),
            };
        }
        let mut named: Vec<&str> = Vec::new();
        for id in ids.split(',').map(str::trim) {
            if !named.contains(&id) {
                named.push(id);
            }
        }
        let own = self.own()?;
        named.into_iter().map(|id| self.pick(&own, id)).collect()
    }

    /// The ids of all plans, as far as their files say so.
    pub fn ids(&self) -> Vec<String> {
        let built_in = BUILT_IN.iter().map(|(id, _)| (*id).to_owned());
        built_in.chain(self.own.iter().filter_map(|(_, text)| id_of(text))).collect()
    }

    /// All plans, the built-in ones first, and the files that cannot be read.
    ///
    /// # Errors
    /// The user's figures are for no plan.
    pub fn all(&self) -> Result<AllPlans, PlanError> {
        let own = self.own()?;
        let mut all = AllPlans::default();
        for (id, text) in BUILT_IN {
            match self.put_together(&format!("plan {id}"), text, None) {
                Ok(loaded) => all.plans.push(loaded),
                Err(why) => {
                    all.broken.push(BrokenPlan { id: Some((*id).to_owned()), mistakes: 0, why });
                }
            }
        }
        all.plans.extend(own.plans);
        all.broken.extend(own.broken);
        Ok(all)
    }

    /// Which plan has this id: a file of the user's, or a built-in one; `file` itself aside.
    pub fn taken_by(&self, id: &str, file: impl Fn(&str) -> bool) -> Option<&str> {
        if BUILT_IN.iter().any(|(known, _)| *known == id) {
            return Some("built in");
        }
        let others = self.own.iter().filter(|(other, _)| !file(other));
        let of = |text: &str| check(text).map(|plan| plan.id).ok().or_else(|| id_of(text));
        others.filter(|(_, text)| of(text).as_deref() == Some(id)).map(|(f, _)| f.as_str()).next()
    }

    /// The user's own plans. Built-in ones need not be read for them: their ids are known.
    fn own(&self) -> Result<AllPlans, PlanError> {
        let mut own = AllPlans::default();
        let holder = |own: &[Loaded], id: &str| {
            let built_in = BUILT_IN.iter().any(|(known, _)| *known == id);
            let other = own.iter().find(|loaded| loaded.plan.id == id);
            let built_in = built_in.then(|| "a built-in plan".to_owned());
            built_in.or_else(|| other.and_then(|other| other.own_file.clone()))
        };
        for (file, text) in &self.own {
            let broken = |mistakes, why| BrokenPlan { id: id_of(text), mistakes, why };
            match self.put_together(file, text, Some(file)) {
                Err(why) => {
                    let mistakes = check(text).err().map_or(0, |faults| faults.len());
                    own.broken.push(broken(mistakes, why));
                }
                Ok(loaded) => match holder(&own.plans, &loaded.plan.id) {
                    None => own.plans.push(loaded),
                    Some(holder) => {
                        let message = format!(
                            "id `{}` is taken by {holder}, expected another one",
                            loaded.plan.id
                        );
                        own.broken.push(broken(0, PlanError { file: file.clone(), message }));
                    }
                },
            }
        }
        // Figures for a plan that is neither built in nor the user's own are a slip, if all of those
        // can be read.
        let unknown = self.overrides.keys().find(|id| holder(&own.plans, id).is_none());
        if let Some(unknown) = unknown.filter(|id| {
            // A file that cannot be read may be the plan they are for, unless it says its name.
            own.broken.iter().all(|b| b.id.as_ref().is_some_and(|known| known != *id))
        }) {
            return Err(PlanError {
                file: "your configuration".to_owned(),
                message: format!("it states figures for `{unknown}`, and there is no such plan"),
            });
        }
        Ok(own)
    }

    /// The plan of this text, with the user's figures for it put in.
    ///
    /// # Errors
    /// What is wrong with it, or with the figures.
    pub fn put_together(
        &self,
        file: &str,
        text: &str,
        own_file: Option<&String>,
    ) -> Result<Loaded, PlanError> {
        let written = read(file, text)?;
        let own_file = own_file.cloned();
        let Some(overrides) = self.overrides.get(&written.id) else {
            return Ok(Loaded { plan: written, text: text.to_owned(), own_file });
        };
        let text = with_your_figures(file, text, overrides)?;
        Ok(Loaded { plan: read(file, &text)?, text, own_file })
    }
}

impl BrokenPlan {
    /// Why it is not there, in a line.
    pub fn told(&self) -> String {
        let file = &self.why.file;
        match self.mistakes {
            0 => self.why.to_string(),
            1 => format!("{file}: it has 1 mistake: insure plan check {file}"),
            many => format!("{file}: it has {many} mistakes: insure plan check {file}"),
        }
    }

    fn not_among_all(&self) -> PlanError {
        let told = self.told();
        let message = told.strip_prefix(&format!("{}: ", self.why.file)).unwrap_or(&told);
        PlanError {
            file: self.why.file.clone(),
            message: format!(
                "{message}\nwithout it these would not be all plans: mend it, move it out of the folder, or name the plans that are meant"
            ),
        }
    }
}

/// The id a file states, whatever else is wrong with it.
fn id_of(text: &str) -> Option<String> {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().get("id")?.get_ref().as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Catalog};
    use crate::claim::Incident;
    use crate::plan::{Confidence, Override, Version};

    #[test]
    fn every_built_in_plan_reads_and_has_its_own_name() {
        let all = Catalog::default().all().unwrap().plans;
        let ids: Vec<&str> = all.iter().map(|loaded| loaded.plan.id.as_str()).collect();
        assert_eq!(ids, BUILT_IN.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    }

    #[test]
    fn figures_in_lists_and_limits_that_nobody_names_can_be_yours() {
        let with = |figure: &str, value: &str| -> Version {
            let yours = Override { figure: figure.into(), value: value.into() };
            let yours = [("cart-protection".to_owned(), vec![yours])].into();
            let loaded = Catalog::new(Vec::new(), yours).load("cart-protection").unwrap();
            loaded.plan.versions.into_iter().next().unwrap()
        };
        let maximum = with("premium.percent", "2.0").maximum;
        assert_eq!(maximum.amount, None, "nobody names a limit");
        let maximum = with("maximum.amount", "1500.00").maximum;
        assert_eq!(maximum.amount.unwrap().to_string(), "1500.00");
        assert_eq!(maximum.confidence, Confidence::Yours);
        assert_eq!(with("appeals.2.days", "15").appeals[1].days, Some(15));
        assert_eq!(with("decision.business-days", "3").decision.unwrap().business_days, 3);
        let incidents = with("incident.damage.pays.tiers.percent", "80").incident;
        let damage = incidents[&Incident::Damage].pays.as_ref().unwrap();
        assert_eq!(damage.iter().next().unwrap().tiers[0].percent.to_string(), "80");
    }

    #[test]
    fn a_plan_of_your_own_stands_beside_them() {
        let text = BUILT_IN[0].1.replace("id = \"tiktok-upic\"", "id = \"mine\"");
        let catalog = Catalog::new(vec![("mine.toml".into(), text)], Default::default());
        assert_eq!(catalog.load("mine").unwrap().own_file.as_deref(), Some("mine.toml"));
        let twice =
            Catalog::new(vec![("copy.toml".into(), BUILT_IN[0].1.into())], Default::default());
        let all = twice.all().unwrap();
        assert_eq!(all.plans.len(), BUILT_IN.len());
        let taken = "id `tiktok-upic` is taken by a built-in plan, expected another one";
        assert_eq!(all.broken[0].why.message, taken);
        assert_eq!(twice.load("tiktok-upic").unwrap_err().message, taken, "which one is meant?");
        assert!(twice.load("easypost").is_ok());
        let unknown = catalog.load("none").unwrap_err().message;
        assert!(unknown.contains("there are: tiktok-upic, "), "{unknown}");
        assert!(unknown.ends_with(", mine"), "{unknown}");
    }
}
