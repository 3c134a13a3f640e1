//! What rule authors are told when a file is wrong.

use kubetriage_rules::{Catalog, RuleFile};
use miette::Diagnostic;

/// Every problem as `line: code: message (help)`.
fn problems(name: &str, text: &str) -> String {
    let file = RuleFile { name: name.to_owned(), text: text.to_owned() };
    let Err(errors) = Catalog::load(&[file], true) else { return "no problem".to_owned() };
    let lines = errors.problems().iter().map(|problem| {
        let before = text.get(..problem.span().start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let code = problem.code().map(|code| code.to_string()).unwrap_or_default();
        let help = problem.help().map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{line}: {code}: {problem}{help}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn all_problems_are_told_at_once() {
    let text = "schema: 1
id: test/other
severity: eror
docs: [k8s-imags]
look_for:
  failed:
    in: kube_events
    where: {}
  pod:
    in: pod
    wher: {status: Pending}
    where: {statuss: Pending, ready: {bellow: 1}, node: {ip: privat}}
    keep: {node: node, x: {from: message, as: registri}}
fire_when: {all: [faild, pod]}
say:
  title: found
  cause: It is so.
  fix: []
";
    insta::assert_snapshot!("all_problems", problems("test/name.yaml", text));
}

#[test]
fn a_whole_rule_is_checked_for_sense() {
    let text = "schema: 1
id: test/sense
severity: error
look_for:
  failed:
    in: log
    where: {level: error}
    keep: {who: origin}
  pattern:
    in: kube_event
    where: {message: {matches: '(unclosed'}}
  unused: {in: pod, where: {status: Pending}}
fire_when: {any: [failed, pattern]}
per: [who]
explains: [test/nothing]
say:
  title: '{who} and {what}'
  cause: It is so.
  fix: [{title: Mend it}]
  verify: [It is mended.]
collect:
  log: kubectl delete pod x
prove:
  - {name: fires, files: {}, expect: confirmed}
";
    insta::assert_snapshot!("sense", problems("test/sense.yaml", text));
}

#[test]
fn what_can_never_fire_is_told() {
    let text = "schema: 1
id: test/dead
severity: error
look_for:
  flag: {in: node, where: {ready: NotReady}}
  number: {in: pod, where: {restarts: many}}
  word: {in: dns_answer, where: {vantage: worksation}}
  range: {in: pod, where: {restarts: {above: 5, below: 6}}}
  itself: {in: pod, where: {status: {is: Pending, not: [Pending, Failed]}}}
  nothing: {in: pod, where: {node: {missing: true, has: aks}}}
  about:
    in: pod
    about: {status: Running}
    where: [{status: Pending}, {ready: {above: 0}}]
  well: {in: pod, where: [{restarts: {above: 5, below: 7}}, {status: {is: Pending, not: Failed}}]}
fire_when:
  all: [{any: [flag, number, word, range, itself, nothing, about]}, well, {at_least: {n: 3, of: [flag, word]}}]
  none: [well]
say:
  title: found
  cause: It is so.
  fix: [{title: Mend it}]
  verify: [It is mended.]
prove:
  - {name: fires, files: {}, expect: confirmed}
  - {name: clear, files: {}, expect: clear}
";
    insta::assert_snapshot!("dead", problems("test/dead.yaml", text));
}

#[test]
fn what_is_no_yaml_is_told_with_its_place() {
    let text = "schema: 1\nid: [open\nseverity: error\n";
    assert!(problems("a/b.yaml", text).contains("rules::yaml"), "{}", problems("a/b.yaml", text));
}

#[test]
fn a_newer_schema_is_refused() {
    let text = "schema: 2\n";
    assert!(problems("a/b.yaml", text).contains("this program reads rules of schema 1"));
}
