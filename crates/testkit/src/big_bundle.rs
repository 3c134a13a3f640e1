//! Bundles of any size with planted faults, the same bytes for the same size, for benchmarks and limits.
//!
//! The mix is that of real support bundles: 60 % agent JSON logs, 30 % klog and application logs, 8 % JSON
//! lists, 2 % tables.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// One agent log line in this many is a 403; all others are quiet.
const FAULT_EVERY: u64 = 4_000;
/// Size of one log file, in bytes.
const FILE_BYTES: u64 = 64 << 20;

/// A small deterministic generator: the same bundle on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Returns a generator that always gives the same numbers for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below `limit` (which must not be 0).
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}

/// Writes a bundle of about `bytes` bytes into `folder`, which is created.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(folder: &Path, bytes: u64) -> io::Result<()> {
    let share = |percent: u64| (bytes / 100).saturating_mul(percent);
    logs(folder, "kube-system/extension-agent-7f9c4d6b58-x2x7q", share(60), agent_line)?;
    logs(folder, "shop/web-5d4f8c7b9d-k8s2p", share(30), other_line)?;
    lists(folder, share(8))?;
    tables(folder, share(2))
}

/// Returns `bytes` or a little more of agent log, with a 403 in every 4000th line.
pub fn agent_log(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    let mut dice = Dice::new(1);
    let mut number = 0;
    while text.len() < bytes {
        agent_line(&mut text, &mut dice, number);
        number += 1;
    }
    text
}

type LineOf = fn(&mut String, &mut Dice, u64);

fn logs(folder: &Path, of: &str, bytes: u64, line: LineOf) -> io::Result<()> {
    let dir = folder.join("pods/logs").join(of);
    fs::create_dir_all(&dir)?;
    let mut dice = Dice::new(bytes);
    let (mut written, mut number, mut file_number) = (0, 0, 0);
    while written < bytes {
        let mut file = BufWriter::new(File::create(dir.join(format!("c{file_number}.log")))?);
        let mut in_file = 0;
        while in_file < FILE_BYTES && written < bytes {
            let mut text = String::new();
            line(&mut text, &mut dice, number);
            file.write_all(text.as_bytes())?;
            in_file += text.len() as u64;
            written += text.len() as u64;
            number += 1;
        }
        file.flush()?;
        file_number += 1;
    }
    Ok(())
}

fn agent_line(text: &mut String, dice: &mut Dice, number: u64) {
    let seconds = number / 4;
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let message = match number % FAULT_EVERY {
        7 => r#"\"Errorcode: 403, Message This traffic is not authorized., Target /subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-contoso/provider/managedclusters/clusters/aks-contoso/configurations/getPendingConfigs\""#.to_owned(),
        n if n % 3 == 0 => "Starting the configuration poll".to_owned(),
        n if n % 3 == 1 => format!("In the polling loop, iteration {}", dice.below(1_000_000)),
        _ => format!("Reconciled {} configurations, none pending", dice.below(40)),
    };
    let _ = writeln!(
        text,
        r#"{{"Message":"2026/11/20 {hour:02}:{minute:02}:{second:02} {message}","LogType":"ConfigAgentTrace","LogLevel":"Information","Environment":"prod","Role":"ClusterConfigAgent","Location":"westeurope","ArmId":"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-contoso/providers/Microsoft.ContainerService/managedclusters/aks-contoso","CorrelationId":"","AgentName":"ConfigAgent","AgentVersion":"1.23.3","AgentTimestamp":"2026/11/20 {hour:02}:{minute:02}:{second:02}.{:03}"}}"#,
        dice.below(1000)
    );
}

fn other_line(text: &mut String, dice: &mut Dice, number: u64) {
    let (minute, second, micros) = (number / 600 % 60, number / 10 % 60, dice.below(1_000_000));
    let _ = if number.is_multiple_of(2) {
        writeln!(
            text,
            "I1120 10:{minute:02}:{second:02}.{micros:06}       1 controller.go:{}] \"Reconciled\" pod=\"shop/web-{}\" duration=\"{}ms\"",
            dice.below(900),
            dice.below(300),
            dice.below(5000)
        )
    } else {
        writeln!(
            text,
            "2026-11-20T10:{minute:02}:{second:02}.{micros:06}Z INFO request finished method=GET path=/cart/{} status=200 bytes={} took={}ms",
            dice.below(10_000),
            dice.below(100_000),
            dice.below(400)
        )
    };
}

fn lists(folder: &Path, bytes: u64) -> io::Result<()> {
    let dir = folder.join("cluster-resources/pods");
    fs::create_dir_all(&dir)?;
    let mut file = BufWriter::new(File::create(dir.join("shop.json"))?);
    file.write_all(b"{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"PodList\",\n  \"items\": [\n")?;
    let (mut written, mut number) = (0, 0_u64);
    while written < bytes {
        let comma = if number == 0 { "" } else { ",\n" };
        let item = format!("{comma}{}", pod_json(number));
        file.write_all(item.as_bytes())?;
        written += item.len() as u64;
        number += 1;
    }
    file.write_all(b"\n  ]\n}\n")?;
    file.flush()
}

fn pod_json(number: u64) -> String {
    let (ready, state) = if number == 5 {
        (
            "false",
            r#"{"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image \"contoso.azurecr.io/web:v9\""}}"#,
        )
    } else {
        ("true", r#"{"running": {"startedAt": "2026-11-19T08:00:00Z"}}"#)
    };
    format!(
        r#"    {{
      "apiVersion": "v1",
      "kind": "Pod",
      "metadata": {{"name": "web-{number:06}", "namespace": "shop", "uid": "00000000-0000-0000-0000-{number:012}", "creationTimestamp": "2026-11-19T08:00:00Z", "labels": {{"app": "web", "pod-template-hash": "5d4f8c7b9d"}}}},
      "spec": {{"nodeName": "aks-pool1-0000000{}", "containers": [{{"name": "web", "image": "contoso.azurecr.io/web:v9", "resources": {{"limits": {{"cpu": "1", "memory": "512Mi"}}}}}}]}},
      "status": {{
        "phase": "{}",
        "conditions": [{{"type": "Ready", "status": "{}"}}],
        "containerStatuses": [{{"name": "web", "ready": {ready}, "restartCount": 0, "image": "contoso.azurecr.io/web:v9", "imageID": "", "state": {state}}}]
      }}
    }}"#,
        number % 9,
        if number == 5 { "Pending" } else { "Running" },
        if number == 5 { "False" } else { "True" },
    )
}

fn tables(folder: &Path, bytes: u64) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(folder.join("get-pods-shop.txt"))?);
    file.write_all(b"NAME         READY   STATUS    RESTARTS   AGE\n")?;
    let (mut written, mut number) = (0, 0_u64);
    while written < bytes {
        let line = format!("api-{number:06}   1/1     Running   0          2d19h\n");
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
        number += 1;
    }
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_size_gives_the_same_bytes() {
        assert_eq!(agent_log(10_000), agent_log(10_000));
    }

    #[test]
    fn faults_are_planted() {
        assert!(agent_log(4 << 20).contains("traffic is not authorized"));
    }
}
