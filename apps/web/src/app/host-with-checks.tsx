import { DemoRepair } from '../features/demo/demo-repair.js';
import { HealthChecks } from '../features/health-checks/checks.card.js';
import { HostPage } from '../features/hosts/host.page.js';
import { HostWindows } from '../features/windows/host-windows.card.js';

/** The page of a host is put together here: features do not know each other. */
export function HostWithChecks() {
  return (
    <HostPage
      checks={(host) => (
        <>
          <DemoRepair hostId={host.id} seenBy="poll" />
          <HealthChecks host={host} />
        </>
      )}
      windows={(host) => <HostWindows hostId={host.id} />}
    />
  );
}
