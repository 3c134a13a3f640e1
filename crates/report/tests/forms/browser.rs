//! The page in a real browser, where the machine has one (Debian's `chromium`).

use std::path::Path;
use std::process::Command;

use kubetriage_report::html;

use super::written;
use crate::sample;

/// Names under which the browser is installed.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What is told where there is no browser.
const SKIPPED: &str = "skipped: no chromium starts here (Debian's package is called chromium)";

/// Opens a page and returns the document as the browser sees it and what it wrote to its log; `None` without a
/// browser that starts.
fn opened(page: &Path) -> Option<(String, String)> {
    let address = format!("file://{}", page.display());
    let profile = tempfile::tempdir().unwrap();
    let data = format!("--user-data-dir={}", profile.path().display());
    let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    let output = BROWSERS.iter().find_map(|browser| {
        let mut command = Command::new(browser);
        command.args(flags).arg("--enable-logging=stderr").args([
            &data,
            "--virtual-time-budget=3000",
            "--dump-dom",
            &address,
        ]);
        command.output().ok()
    })?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // One that cannot start on this machine shows nothing either way.
    output.status.success().then(|| (text(&output.stdout), text(&output.stderr)))
}

/// Returns a folder with the page of the hostile sample in it, changed by `change`.
fn page(change: impl Fn(String) -> String) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    let page = change(written(|out| html(&sample::hostile(), out)));
    std::fs::write(&path, page).unwrap();
    (folder, path)
}

#[test]
fn the_policy_lets_the_page_work_and_nothing_else() {
    let (_folder, path) = page(|page| page);
    let Some((document, log)) = opened(&path) else {
        println!("{SKIPPED}");
        return;
    };
    assert!(!log.contains("Content Security Policy"), "{log}");
    // The script ran: the copy buttons and the filter are there.
    assert!(document.contains("class=\"copy\">"), "{document}");
    assert!(document.contains("<form id=\"filter\" role=\"search\">"), "{document}");
    // Captured text made no element.
    for element in ["<img", "<b>.tar", "onerror=\"", "href=\"javascript"] {
        assert!(!document.contains(element), "{element}");
    }
    assert_eq!(document.matches("<script").count(), 1);
}

#[test]
fn a_foreign_script_is_refused() {
    let foreign = "<script>document.title = 'taken'</script></body>";
    let (_folder, path) = page(|page| page.replace("</body>", foreign));
    let Some((document, log)) = opened(&path) else {
        println!("{SKIPPED}");
        return;
    };
    assert!(!document.contains("<title>taken"), "{document}");
    assert!(log.contains("Content Security Policy"), "{log}");
}

/// A script of the test uses the page as a reader would, and leaves what it saw in the document.
#[test]
fn filter_search_and_keys_work() {
    let reader = r##"<script>
      const seen = [];
      const cards = () => [...document.querySelectorAll("[data-weights]")].filter((c) => !c.hidden).length;
      const text = document.getElementById("text");
      const type = (value) => { text.value = value; text.dispatchEvent(new Event("input", {bubbles: true})); };
      seen.push(cards());
      type("octocat fence"); seen.push(cards());
      type("no such words"); seen.push(cards(), document.querySelector(".none").hidden);
      type("");
      const box = document.querySelector("#filter input[value=open]");
      box.click(); seen.push(cards()); box.click();
      document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true}));
      seen.push(document.activeElement === text);
      dispatchEvent(new Event("beforeprint"));
      seen.push(document.querySelectorAll("details:not([open])").length);
      const wide = document.documentElement.scrollWidth <= innerWidth;
      const headings = [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1]));
      const steps = headings.every((level, i) => i === 0 || level <= headings[i - 1] + 1);
      seen.push(wide, steps, document.querySelectorAll("main, nav[aria-label]").length);
      document.title = "seen " + seen.join(" ");
    </script></body>"##;
    let without_policy = |page: String| {
        let (before, rest) = page.split_once("<meta http-equiv").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        format!("{before}{rest}").replace("</body>", reader)
    };
    let (_folder, path) = page(without_policy);
    let Some((document, _)) = opened(&path) else {
        println!("{SKIPPED}");
        return;
    };
    let title = document.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert_eq!(title, "seen 2 1 0 false 1 true 0 true true 2");
}
