import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

// The tests run from dist/tests.
const program = fileURLToPath(new URL("../../../Collector/bin/Release/net10.0/Collector.dll", import.meta.url));

/** The collector as an operator starts it: a process of its own, on a port that is free, with a database that goes with it. */
export class CollectorProcess {
  private constructor(private readonly process: ChildProcess, private readonly folder: string, readonly address: string, readonly adminKey: string) {}

  static async start(settings: Record<string, string> = {}): Promise<CollectorProcess> {
    if (!existsSync(program)) throw new Error("Build the collector first: dotnet build -c Release");
    const folder = mkdtempSync(join(tmpdir(), "collector-client-"));
    const adminKey = randomBytes(32).toString("hex");
    const started = spawn("dotnet", [program, "--urls", "http://127.0.0.1:0"], {
      env: {
        ...process.env,
        Collector__Database: `Data Source=${join(folder, "collector.db")}`,
        Collector__AdminKey: adminKey,
        Collector__StopDelay: "0",
        Collector__Limits__PerAddressPerMinute: "0",
        ...settings,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    // It is read to its end: a full pipe would stop the process.
    for await (const line of createInterface({ input: started.stdout })) {
      const address = /Now listening on: (\S+)/.exec(line)?.[1];
      if (!address) continue;
      started.stdout.resume();
      return new CollectorProcess(started, folder, address, adminKey);
    }
    throw new Error(`The collector ended with code ${started.exitCode}.`);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill("SIGTERM");
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
