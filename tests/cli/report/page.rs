//! `insure report --html`: one page, looked at with a real browser.

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::{many, shop};
use crate::harness::{Home, skip};

/// The browser, Debian's.
const BROWSER: &str = "/usr/bin/chromium";

/// Names that would do harm if they were taken for markup, or turn the text around them.
const HOSTILE: [&str; 5] = [
    "<script>document.title='gone'</script>",
    "\"><img src=x onerror=alert(1)>",
    "]]></svg><b>&amp;{{ 7*7 }}",
    "a\u{202e}desrever",
    "'); DROP TABLE policy; --",
];

/// A ledger whose carriers and goods are hostile.
fn hostile() -> Home {
    let home = Home::new();
    let mut parcels = "order_id,tracking_number,value,carrier,goods,to\n".to_owned();
    let mut events = "tracking_number,event,at\n".to_owned();
    for (at, name) in HOSTILE.iter().enumerate() {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        parcels.push_str(&format!("{at},94000{at},300,{quoted},{quoted},US\n"));
        events.push_str(&format!("94000{at},scanned,2026-07-02\n"));
        if at > 1 {
            events.push_str(&format!("94000{at},delivered,2026-07-05\n"));
        }
    }
    home.write("p.csv", parcels);
    home.write("e.csv", events);
    home.insure("batch-insure p.csv --cover full --accept-terms --today 2026-07-01").output_text();
    home.insure("track --input e.csv").output_text();
    home
}

#[test]
fn the_same_ledger_and_day_give_the_same_bytes() {
    let home = shop();
    let note = "one.html: the report as a page\n";
    let said = home.insure("report --by plan --html one.html").output();
    assert_eq!(String::from_utf8_lossy(&said.stderr), note);
    let alone = home.insure("report --by plan").output();
    assert_eq!(said.stdout, alone.stdout, "the page is written beside the result");
    home.insure("report --html one.html -q").output_text();
    home.insure("report --html two.html -q --format csv").output_text();
    let page = home.read("one.html");
    assert_eq!(page, home.read("two.html"), "and the file before it is replaced");
    let folder = fs::read_dir(home.path(".")).unwrap();
    let left = folder.filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().contains("tmp"));
    assert_eq!(left.count(), 0, "no file is left beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(home.path("one.html")).unwrap().permissions().mode();
        assert_eq!(mode & 0o600, 0o600);
        assert_eq!(mode & 0o111, 0);
    }
}

#[test]
fn what_came_from_a_file_is_text_and_no_markup() {
    let home = hostile();
    home.insure("report --html page.html -q").output_text();
    let page = home.read("page.html");
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("<b>"));
    assert!(page.contains("&#60;script&#62;"), "the name is there, escaped");
    assert!(!page.contains('\u{202e}') && page.contains("a\u{fffd}desrever"));
    for outside in ["http:", "https:", "url(", "@import", " src=\"", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn an_empty_report_is_a_page_too() {
    let home = shop();
    home.insure("report --carrier '<nobody>' --html page.html -q").status(4).output_text();
    let page = home.read("page.html");
    assert!(page.contains("<p>No parcels, as of 2026-11-22.</p>"), "{page}");
    assert!(page.contains("<p>Only: <bdi>carrier &#60;nobody&#62;</bdi></p>"), "{page}");
}

/// A browser with a home of its own.
struct Browser {
    folder: TempDir,
}

impl Browser {
    /// None where there is none, which is said.
    fn find() -> Option<Browser> {
        if !fs::exists(BROWSER).unwrap() {
            skip("chromium is not installed");
            return None;
        }
        Some(Browser { folder: TempDir::new().unwrap() })
    }

    fn run(&self, words: &[&str], page: &std::path::Path) -> Output {
        let home = self.folder.path().display();
        let said = Command::new(BROWSER)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
            .args(["--no-first-run", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--disable-dev-shm-usage"])
            .args(["--enable-logging=stderr", "--virtual-time-budget=10000"])
            .arg(format!("--user-data-dir={home}/profile"))
            .args(words)
            .arg(format!("file://{}", page.display()))
            .env("HOME", self.folder.path())
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        said
    }

    /// What a script finds out about a page of the home, beside which it is laid.
    fn ask(&self, home: &Home, words: &[&str], script: &str) -> Value {
        let asking = format!(
            "<!doctype html><meta charset=utf-8><iframe id=f src=page.html style=border:0;height:900px></iframe>\
             <pre id=found></pre><script>\
             const frame = document.getElementById('f');\
             frame.onload = () => {{ const page = frame.contentDocument, view = frame.contentWindow;\
             const found = (() => {{ {script} }})();\
             document.getElementById('found').textContent = JSON.stringify(found); }}</script>"
        );
        home.write("asking.html", asking);
        let flags = ["--allow-file-access-from-files", "--dump-dom"];
        let said = self.run(&[&flags, words].concat(), &home.path("asking.html"));
        let dom = String::from_utf8(said.stdout).unwrap();
        let found = dom.split("<pre id=\"found\">").nth(1).and_then(|d| d.split("</pre>").next());
        let found = found.unwrap_or_default().replace("&lt;", "<").replace("&gt;", ">");
        let errors = String::from_utf8_lossy(&said.stderr);
        let console: Vec<&str> = errors.lines().filter(|l| l.contains("CONSOLE")).collect();
        assert_eq!(console, [""; 0], "the console stays empty");
        serde_json::from_str(&found.replace("&amp;", "&"))
            .unwrap_or_else(|why| panic!("{why}: {dom}\n{errors}"))
    }
}

#[test]
fn a_browser_shows_it_on_every_width_and_loads_nothing() {
    let Some(browser) = Browser::find() else { return };
    for home in [hostile(), many()] {
        home.insure("report --html page.html -q").output_text();
        let found = browser.ask(
            &home,
            &[],
            "const wide = [320, 390, 768, 1280].map(width => {\
               frame.style.width = width + 'px';\
               return page.documentElement.scrollWidth <= page.documentElement.clientWidth; });\
             const all = q => [...page.querySelectorAll(q)];\
             return { wide, title: page.title, loaded: view.performance.getEntriesByType('resource').length,\
               scripts: all('script, img, b, iframe, object, link').length,\
               handlers: all('*').filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,\
               charts: all('svg[role=img]').length,\
               untold: all('svg[role=img]').filter(s => s.getAttribute('aria-labelledby').split(' ')\
                 .some(id => !page.getElementById(id)?.textContent)).length,\
               tableless: all('figure').filter(f => !f.closest('section').querySelector('table')).length,\
               twice: all('[id]').length - new Set(all('[id]').map(e => e.id)).size,\
               dead: all('nav a').filter(a => !page.getElementById(a.getAttribute('href').slice(1))).length,\
               beyond: all('svg[role=img] text').filter(t => { const b = t.getBBox();\
                 return b.x < -1 || b.x + b.width > t.ownerSVGElement.clientWidth + 1; }).length,\
               cut: all('.scroll').filter(s => s.scrollWidth > s.clientWidth).length,\
               unseen: all('.scroll').filter(s => s.tabIndex !== 0 ||\
                 !page.getElementById(s.getAttribute('aria-labelledby'))?.textContent).length,\
               unreached: (() => { frame.style.width = '390px'; return all('.scroll').filter(s => {\
                 const told = page.getElementById(s.getAttribute('aria-describedby'));\
                 s.scrollLeft = 9999; const last = s.querySelector('tr').lastElementChild;\
                 return !told?.offsetHeight || last.getBoundingClientRect().right > 391; }).length; })(),\
               lang: page.documentElement.lang, headings: all('h1').length };",
        );
        let charts = found["charts"].as_u64().unwrap();
        assert!(charts >= 5, "{found}");
        for (what, expected) in [
            ("wide", serde_json::json!([true, true, true, true])),
            ("title", "Insurance report".into()),
            ("loaded", 0.into()),
            ("scripts", 0.into()),
            ("handlers", 0.into()),
            ("untold", 0.into()),
            ("tableless", 0.into()),
            ("twice", 0.into()),
            ("dead", 0.into()),
            ("beyond", 0.into()),
            ("cut", 0.into()),
            ("unseen", 0.into()),
            ("unreached", 0.into()),
            ("lang", "en".into()),
            ("headings", 1.into()),
        ] {
            assert_eq!(found[what], expected, "{what} of {found}");
        }
    }
}

/// The contrasts that WCAG 2 asks for at level AA: 4.5 for words, 3 for what a chart is made of.
#[test]
fn words_and_charts_stand_out_from_a_light_and_a_dark_page() {
    let Some(browser) = Browser::find() else { return };
    let home = many();
    home.insure("report --html page.html -q").output_text();
    let mut pages = Vec::new();
    for scheme in
        ["--blink-settings=preferredColorScheme=1", "--blink-settings=preferredColorScheme=0"]
    {
        let found = browser.ask(
            &home,
            &[scheme],
            "const light = colour => { const c = colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)\
               .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);\
               return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };\
             const ground = e => { for (; e; e = e.parentElement) {\
               const c = view.getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; }\
               return 'rgb(255, 255, 255)'; };\
             const least = (q, colour) => Math.min(...[...page.querySelectorAll(q)].map(e => {\
               const [a, b] = [light(view.getComputedStyle(e)[colour]), light(ground(e))].sort((x, y) => y - x);\
               return Math.floor(100 * (a + 0.05) / (b + 0.05)); }));\
             return { page: view.getComputedStyle(page.body).backgroundColor,\
               words: least('h1, h2, h3, p, a, dt, dd, th, td, figcaption', 'color'),\
               letters: least('svg text', 'fill'), marks: least('.premium, .payouts, .point', 'fill') };",
        );
        for (what, least) in [("words", 450), ("letters", 450), ("marks", 300)] {
            assert!(found[what].as_u64().unwrap() >= least, "{what} of {found}, {scheme}");
        }
        pages.push(found["page"].as_str().unwrap().to_owned());
    }
    assert_ne!(pages[0], pages[1], "the dark page is another one");
}

#[test]
fn it_prints() {
    let Some(browser) = Browser::find() else { return };
    let home = many();
    home.insure("report --html page.html -q").output_text();
    let pdf = home.path("page.pdf");
    let print = format!("--print-to-pdf={}", pdf.display());
    browser.run(&[&print, "--no-pdf-header-footer"], &home.path("page.html"));
    let pdf = fs::read(pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let pages = pdf.windows(12).filter(|bytes| bytes == b"/Type /Page\n").count();
    assert!((2..=4).contains(&pages), "{pages} pages");
}
