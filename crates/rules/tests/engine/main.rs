//! What the engine concludes from hand-made events: joins, absence, healing, folding.

#![expect(clippy::panic, reason = "a wrong rule in a test should fail loudly")]

mod findings;
mod healing;
mod joins;

use kubetriage_model::{
    AgentLog, ArtifactId, Coverage, Data, DnsAnswer, Event, KubeEvent, ObjectRef, Pod, Provenance,
    Scope, Verdict,
};
use kubetriage_rules::{ArtifactFacts, Catalog, Facts, Options, Outcome, RuleFile, evaluate};

/// What every rule file needs beside the part that a test is about.
const FRAME: &str = "
severity: error
say:
  title: found
  cause: It is so.
  fix: [{title: Mend it}]
  verify: [It is mended.]
prove:
  - {name: fires, files: {}, expect: confirmed}
  - {name: clear, files: {}, expect: clear}
";

/// A refusal and a private answer that belong together.
const JOINED: &str = "
look_for:
  refused:
    in: agent_log
    where: {message: {has: refused}}
    keep: {region: location}
  private:
    in: dns_answer
    about: {name: {matches: '^(?P<region>[a-z]+)[.]contoso[.]com$'}}
    where: {addresses: {ip: private}}
fire_when: {all: [refused, private], same: region}
per: [region]
";

/// A failure that a later state or success takes back.
const HEALING: &str = "
look_for:
  failed:
    in: [kube_event]
    where: {reason: Failed}
    keep: {object: object}
  running:
    in: pod
    where: {status: Running}
    keep: {object: object}
  pulled:
    in: kube_event
    where: {reason: Pulled}
    keep: {object: object}
fire_when: {signal: failed, unless: [{later: running, same: object}, {later: pulled, same: object}]}
";

fn rule(id: &str, text: &str) -> RuleFile {
    let text = format!("schema: 1\nid: {id}\n{text}\n{FRAME}");
    RuleFile { name: format!("{id}.yaml"), text }
}

fn load(files: &[RuleFile]) -> Catalog {
    Catalog::load(files, false).unwrap_or_else(|errors| panic!("{:?}", errors.problems()))
}

/// An event on `line` of artifact `artifact`.
fn at(artifact: u32, line: u64, data: impl Into<Data>) -> Event {
    let artifact = ArtifactId(artifact);
    let excerpt = format!("line {line}");
    let at = Provenance {
        artifact,
        start: line * 100,
        line,
        end_line: line,
        excerpt,
        ..Provenance::default()
    };
    Event { data: data.into(), at, repaired: false, quoted: false }
}

fn log(region: Option<&str>, message: &str) -> AgentLog {
    AgentLog {
        location: region.map(str::to_owned),
        message: Some(message.to_owned()),
        ..AgentLog::default()
    }
}

fn answer(name: &str, address: &str) -> DnsAnswer {
    DnsAnswer {
        name: Some(name.to_owned()),
        addresses: vec![address.to_owned()],
        ..DnsAnswer::default()
    }
}

fn pod(name: &str, status: &str) -> Pod {
    Pod {
        namespace: Some("shop".to_owned()),
        name: name.to_owned(),
        status: Some(status.to_owned()),
        ..Pod::default()
    }
}

fn kube_event(pod: &str, reason: &str, age: &str) -> KubeEvent {
    KubeEvent {
        namespace: Some("shop".to_owned()),
        object: Some(ObjectRef { kind: Some("Pod".to_owned()), name: pod.to_owned() }),
        reason: Some(reason.to_owned()),
        last_seen: Some(age.to_owned()),
        ..KubeEvent::default()
    }
}

fn facts(events: Vec<Event>) -> Facts {
    covered(events, Vec::new())
}

fn covered(events: Vec<Event>, coverage: Vec<Coverage>) -> Facts {
    let artifact = |number: u32| ArtifactFacts {
        id: ArtifactId(number),
        path: format!("file-{number}.txt"),
        ..ArtifactFacts::default()
    };
    Facts::new(events, coverage, (0..4).map(artifact).collect())
}

fn judge(catalog: &Catalog, facts: &Facts) -> Outcome {
    evaluate(catalog, facts, &Options::default())
}

/// One word for what an outcome says of the only rule.
fn word(outcome: &Outcome) -> &'static str {
    match (outcome.findings.first(), outcome.not_assessed.first(), outcome.clear.first()) {
        (Some(finding), ..) => match finding.verdict {
            Verdict::Confirmed => "confirmed",
            Verdict::Likely => "likely",
            Verdict::Healed => "healed",
        },
        (None, Some(_), _) => "not assessed",
        (None, None, Some(_)) => "clear",
        (None, None, None) => "nothing",
    }
}
