//! Judges a bundle by an own rule beside the built-in ones.
//!
//! `cargo run --example own_rules`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use kubetriage::prelude::*;

const RULE: &str = r#"
schema: 1
id: team/agent-version-old
severity: note
tags: [team]

look_for:
  old:
    in: agent_log
    where: {agent_version: {matches: '^(?P<version>1\.(1?[0-9]|2[0-3])\.\d+)$'}}
    keep: {object: object}
    hint: [AgentVersion]

fire_when: {signal: old}
per: [version]

say:
  title: The extension agent is of version {version}
  cause: The team supports agents from 1.24 on.
  fix:
    - title: Upgrade the cluster
      recommended: true
      steps: [Upgrade the cluster, which brings the newest agent.]
  verify: [The agent log shows a newer AgentVersion.]

prove:
  - name: an old agent
    files:
      agent.log: |
        {"Message": "started", "LogType": "ConfigAgentTrace", "LogLevel": "Information", "AgentName": "ConfigAgent", "AgentVersion": "1.9.0", "AgentTimestamp": "2026/11/20 10:00:00"}
    expect: confirmed
  - name: a new agent
    files:
      agent.log: |
        {"Message": "started", "LogType": "ConfigAgentTrace", "LogLevel": "Information", "AgentName": "ConfigAgent", "AgentVersion": "1.30.0", "AgentTimestamp": "2026/11/20 10:00:00"}
    expect: clear
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = format!("{}/../../testdata/bundles/agent-403", env!("CARGO_MANIFEST_DIR"));
    let options = Options::default().rule_file("team/agent-version-old.yaml", RULE).only(["team"]);
    let report = analyze(&[Input::Path(folder.into())], &options)?;
    for finding in &report.findings {
        println!("{}: {}", finding.rule, finding.title);
    }
    Ok(())
}
