//! Packets of a thousand claims with three photos each, against `zip` storing the same files.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::Options;
use crate::figures::{Series, dash, grouped, megabytes, millis, ratio};
use crate::peers::installed;
use crate::report::{Section, Verdict};
use crate::work::{EXPORT_DAY, Work, bytes};

/// Claims, each with a packet.
const CLAIMS: u32 = 1_000;
/// Photos of each.
const PHOTOS: u32 = 3;
/// The size of a photo.
const PHOTO: usize = 1_000_000;
/// The day the claims are filed.
const DAY: &str = "2026-12-28";
/// What a packet may take beyond `zip`.
const MORE: Duration = Duration::from_millis(2);

/// Files the claims, packs them, and has `zip` pack the same files.
pub(crate) fn archive(options: &Options, work: &Work) -> Result<Vec<Section>> {
    let ledger = work.file("packets.db");
    let claims = filed(work, &ledger)?;
    let folder = work.file("packets");
    let _ = fs::remove_dir_all(&folder);
    let packet = |out: &Path| {
        let words = ["claim", "packet", "-", "--format", "csv", "--out"];
        let rows = work.file("packets.csv");
        work.on(&ledger, DAY).words(&words).path(out).reading(&claims).writing(&rows)
    };
    // What `zip` packs are the very files of the packets.
    packet(&folder).run()?;
    let made = fs::read_to_string(work.file("packets.csv"))?.lines().count();
    ensure!(made == CLAIMS as usize + 1, "{made} rows instead of a head and {CLAIMS} packets");
    let zip = installed("zip");
    let (own, peer) = (work.file("own.zip"), work.file("peer.zip"));
    let (mut ours, mut theirs) = (Series::default(), Series::default());
    let mut size = 0;
    for _ in 0..options.runs {
        let _ = fs::remove_file(&own);
        work.settle();
        ours.push(packet(&own).run()?);
        size = bytes(&own)?;
        fs::remove_file(&own)?;
        if zip {
            let _ = fs::remove_file(&peer);
            work.settle();
            theirs.push(
                work.program("zip").words(&["-0", "-q", "-r"]).path(&peer).path(&folder).run()?,
            );
            fs::remove_file(&peer)?;
        }
    }
    for path in [&folder, &ledger.with_extension("evidence")] {
        fs::remove_dir_all(path).with_context(|| path.display().to_string())?;
    }
    work.remove_database(&ledger);
    let row = |what: &str, series: &Series, of: Option<&Series>| {
        vec![
            what.to_owned(),
            grouped(CLAIMS.into()),
            megabytes(size),
            series.in_seconds(),
            series.cpu_seconds(),
            series.peak_megabytes(),
            millis(series.wall() / CLAIMS),
            of.map_or_else(dash, |of| ratio(series.wall(), of.wall())),
        ]
    };
    let mut rows = vec![row("claim packet --out FILE.zip", &ours, None)];
    let mut verdict = Verdict {
        target: format!(
            "packets: no slower than zip storing the same files plus {} ms a packet",
            MORE.as_millis()
        ),
        measured: "zip is not installed".to_owned(),
        met: None,
    };
    if zip {
        rows.push(row("zip -0 -r", &theirs, Some(&ours)));
        let most = theirs.wall() + MORE * CLAIMS;
        verdict.measured = format!(
            "{} ms a packet, zip {} ms",
            millis(ours.wall() / CLAIMS),
            millis(theirs.wall() / CLAIMS)
        );
        verdict.met = Some(ours.wall() <= most);
    }
    Ok(vec![Section {
        title: "Packets".to_owned(),
        notes: vec![format!(
            "`claim packet - --out FILE.zip` for {} claims with {PHOTOS} photos of 1 MB each: it makes \
             two PDFs, a manifest and a list of hashes for each, and checks every photo against its \
             SHA-256 while it is copied. `zip -0 -r` stores the same files, which are there already.",
            grouped(CLAIMS.into())
        )],
        header: vec![
            "what",
            "packets",
            "MB",
            "seconds (min-max)",
            "CPU seconds",
            "peak MB",
            "ms a packet",
            "times ours",
        ],
        rows,
        verdicts: vec![verdict],
    }])
}

/// Records parcels, files a claim on each, gives it photos; a file with the numbers of the claims.
fn filed(work: &Work, ledger: &Path) -> Result<std::path::PathBuf> {
    work.remove_database(ledger);
    let _ = fs::remove_dir_all(ledger.with_extension("evidence"));
    let parcels = work.file("packet-parcels.csv");
    let mut file = fs::File::create(&parcels)?;
    writeln!(file, "order_id,tracking_number,value,carrier,contents,scanned_on")?;
    for at in 0..CLAIMS {
        writeln!(
            file,
            "57{at:016},94{at:020},120.00,USPS,\"Robot, red; Charger; Manual\",2026-11-01"
        )?;
    }
    drop(file);
    let record = work.on(ledger, EXPORT_DAY).words(&["batch-insure", "--accept-terms"]);
    record.path(&parcels).run()?;
    let ids = work.file("packet-ids.txt");
    let all: Vec<String> = (0..CLAIMS).map(|at| format!("94{at:020}")).collect();
    fs::write(&ids, all.join("\n"))?;
    let words = ["claim", "file", "--reason", "loss", "--format", "ids", "-"];
    let claims = work.file("packet-claims.txt");
    work.on(ledger, DAY).words(&words).reading(&ids).writing(&claims).run()?;
    eprintln!("  giving {} photos", grouped(u64::from(CLAIMS * PHOTOS)));
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for claim in fs::read_to_string(&claims)?.lines() {
        let mut task = work.on(ledger, DAY).words(&["claim", "evidence", "add"]);
        task = task.words(&["--kind", "photo", claim]);
        for at in 0..PHOTOS {
            let photo = work.file(&format!("photo-{at}.jpg"));
            fs::write(&photo, noise(&mut random))?;
            task = task.path(&photo);
        }
        task.run()?;
    }
    for at in 0..PHOTOS {
        fs::remove_file(work.file(&format!("photo-{at}.jpg")))?;
    }
    Ok(claims)
}

/// A photo nobody took: the beginning of a JPEG, then bytes that cannot be made smaller.
fn noise(random: &mut u64) -> Vec<u8> {
    let mut all = Vec::with_capacity(PHOTO + 8);
    all.extend([0xff, 0xd8, 0xff, 0xe0]);
    while all.len() < PHOTO {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        all.extend(random.to_le_bytes());
    }
    all.truncate(PHOTO);
    all
}
