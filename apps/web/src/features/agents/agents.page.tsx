import { Button } from '@mantine/core';
import { Outlet, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useAllows } from '../../lib/principal.js';
import { EmptyPage } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { PageHeader } from '../../ui/page-header.js';
import { SectionTabs } from '../../ui/section-tabs.js';
import { EnrolHostDialog } from './enrol-host.dialog.js';

const tabs = [
  { to: '/agents', label: 'Waiting' },
  { to: '/agents/tokens', label: 'Tokens' },
  { to: '/agents/certificates', label: 'Certificates' },
] as const;

export function AgentsPage() {
  if (!useAllows('admin')) {
    return (
      <EmptyPage
        icon="device"
        title="Agents are let in by administrators"
        action={<LinkButton to="/hosts">Hosts</LinkButton>}
      >
        Ask one of them when a machine should become a host.
      </EmptyPage>
    );
  }
  return <Agents />;
}

const route = getRouteApi('/shell/agents');

function Agents() {
  const { dialog } = route.useSearch();
  // Not the route's own, which would leave the tab that is open.
  const navigate = useNavigate();
  const show = (next: 'enrol' | undefined) => void navigate({ to: '.', search: { dialog: next } });
  return (
    <>
      <PageHeader
        title="Agents"
        facts={
          <span>An agent asks to become a host; nothing is done on a machine before you approve it</span>
        }
        phoneFactLines={2}
        actions={
          <Button leftSection={<Icon name="plus" />} onClick={() => show('enrol')}>
            Enrol host
          </Button>
        }
      />
      <SectionTabs label="Agents" tabs={tabs} />
      <Outlet />
      {dialog === 'enrol' && <EnrolHostDialog onClose={() => show(undefined)} />}
    </>
  );
}
