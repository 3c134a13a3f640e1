//! What the place of a file inside a known kind of bundle says about its content.
//!
//! Comes in: a path. Goes out: a [`Hint`], and the name of the layout. Every layout is one file with
//! one function from path components to what they say; the first layout that knows a path wins. Only
//! paths that are characteristic say anything: a hint that may be wrong is worse than none.

mod arc_diagnoser;
mod cluster_info_dump;
mod extension_troubleshoot;
mod loose;
mod made;
mod must_gather;
mod node_logs;
mod periscope;
mod said;
mod sos_report;
mod support_bundle_kit;
mod troubleshoot;

use kubetriage_model::Hint;

use said::Said;

/// A kind of bundle: its name, and what it says of a path (archives count as folders).
type Layout = (&'static str, fn(&[&str]) -> Option<Said>);

/// The layouts, the more characteristic ones first.
const LAYOUTS: &[Layout] = &[
    ("troubleshoot.sh support bundle", troubleshoot::said),
    ("must-gather", must_gather::said),
    ("support-bundle-kit", support_bundle_kit::said),
    ("sos report", sos_report::said),
    ("Azure Arc diagnoser", arc_diagnoser::said),
    ("az k8s-extension troubleshoot", extension_troubleshoot::said),
    ("AKS Periscope", periscope::said),
    ("node logs", node_logs::said),
    ("cluster-info dump", cluster_info_dump::said),
];

/// Components of a path that may be named after the whole bundle.
const OUTER: usize = 4;

/// Returns the names of all layouts, in the order in which they are asked.
pub fn layout_names() -> impl Iterator<Item = &'static str> {
    LAYOUTS.iter().map(|(name, _)| *name)
}

/// Returns when the bundle was made, if one of the folders or archives around `path` tells.
pub(crate) fn made(path: &str) -> Option<String> {
    let mut outer: Vec<&str> = path.split(['/', '!']).take(OUTER + 1).collect();
    // The last one is the file itself, which may be younger or older than the bundle.
    outer.pop();
    outer.into_iter().take(OUTER).find_map(made::made)
}

/// Returns the hint for a path of a bundle, and the name of the layout that knows it.
pub(crate) fn hint(path: &str) -> (Hint, Option<&'static str>) {
    let parts: Vec<&str> = path.split(['/', '!']).map(str::trim).collect();
    let known = LAYOUTS.iter().find_map(|(name, said)| Some((*name, said(&parts)?)));
    let (layout, said) = match known {
        Some((name, said)) => (Some(name), said),
        None => (None, loose::said(&parts).unwrap_or_default()),
    };
    let Said { namespace, pod, container, node, previous, command } = said;
    let path = path.to_owned();
    let command = command.map(Box::new);
    (Hint { path, namespace, pod, container, node, previous, command }, layout)
}

#[cfg(test)]
mod tests {
    use super::hint;

    /// Renders what a path says on one line.
    fn told(path: &str) -> String {
        let (hint, layout) = hint(path);
        let fields = [
            ("ns", hint.namespace),
            ("pod", hint.pod),
            ("container", hint.container),
            ("node", hint.node),
            ("previous", hint.previous.then(String::new)),
            ("$", hint.command.map(|command| command.line)),
        ];
        let mut told = layout.unwrap_or("-").to_owned();
        for (name, value) in fields {
            if let Some(value) = value {
                told = format!("{told} | {name} {value}");
            }
        }
        told
    }

    #[test]
    fn paths_say_what_their_layout_means() {
        let paths = include_str!("../../../../testdata/source/layouts/paths.txt");
        let told: Vec<_> =
            paths.lines().map(|path| format!("{path}\n    {}\n", told(path))).collect();
        insta::with_settings!({
            snapshot_path => "../../../../testdata/source/layouts",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, { insta::assert_snapshot!("hints", told.concat()) });
    }
}
