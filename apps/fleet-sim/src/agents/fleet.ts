import { AgentListener } from './agent-listener.js';
import { HostState } from './host-state.js';
import { FleetIdentity } from './identity.js';
import type { Ledger } from './ledger.js';
import type { Command, Script, SimulatedAgent } from './script.js';

interface Member {
  readonly host: HostState;
  readonly listener: AgentListener;
}

/** All simulated hosts of a process. */
export class Fleet {
  readonly #members = new Map<string, Member>();

  private constructor(
    private readonly ledger: Ledger,
    private readonly identity: FleetIdentity,
  ) {}

  static async create(ledger: Ledger, now: Date): Promise<Fleet> {
    return new Fleet(ledger, await FleetIdentity.create(now));
  }

  /** @returns what whoever gave the command wants to know */
  async obey(command: Command): Promise<object> {
    switch (command.command) {
      case 'start':
        return this.#start(command.agents, command.manager_authority);
      case 'script':
        return this.#script(this.#member(command.host_id), command.script);
      case 'restart':
        await this.#member(command.host_id).listener.restart(command.loses_journal);
        return { restarted: command.host_id };
      case 'stop':
        await this.#member(command.host_id).listener.close();
        return { stopped: command.host_id };
    }
  }

  async #start(agents: readonly SimulatedAgent[], managerAuthority?: string): Promise<object> {
    const ports: Record<string, number> = {};
    for (const agent of agents) {
      const onReboot = (awayMs: number) => void this.#away(agent.host_id, awayMs);
      const host = new HostState(agent, this.ledger, onReboot);
      const pair = agent.pair ?? (await this.identity.of(agent));
      const listener = new AgentListener(host, pair, managerAuthority ?? this.identity.authorityPem);
      if (!host.script.is_down) await listener.open();
      this.#members.set(agent.host_id, { host, listener });
      ports[agent.host_id] = listener.port;
    }
    return { ports, authority: this.identity.authorityPem, manager: await this.identity.manager() };
  }

  async #script({ host, listener }: Member, script: Script): Promise<object> {
    const wasDown = host.script.is_down;
    host.change(script);
    if (host.script.is_down !== wasDown) await (host.script.is_down ? listener.close() : listener.open());
    return { scripted: host.id };
  }

  /** A host that reboots takes its agent with it; the agent keeps its journal. */
  async #away(hostId: string, awayMs: number): Promise<void> {
    const { host, listener } = this.#member(hostId);
    // The answer to the order is out before the machine goes down.
    await new Promise((resolve) => setTimeout(resolve, host.script.shutdown_ms));
    await listener.close();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    host.booted();
    await listener.returned();
  }

  #member(hostId: string): Member {
    const member = this.#members.get(hostId);
    if (!member) throw new Error(`there is no simulated host ${hostId}`);
    return member;
  }
}
