import { Outlet } from '@tanstack/react-router';
import { usePrincipal } from '../../lib/principal.js';
import { roleWords } from '../../lib/role-words.js';
import { PageHeader } from '../../ui/page-header.js';
import { SectionTabs } from '../../ui/section-tabs.js';

const tabs = [
  { to: '/account', label: 'Profile' },
  { to: '/account/sessions', label: 'Sessions' },
  { to: '/account/api-tokens', label: 'API tokens' },
] as const;

export function AccountPage() {
  const { username, role } = usePrincipal();
  return (
    <>
      <PageHeader
        title="Your account"
        facts={
          <>
            <span>{username}</span>
            <span>{roleWords[role]}</span>
          </>
        }
      />
      <SectionTabs label="Your account" tabs={tabs} />
      <Outlet />
    </>
  );
}
