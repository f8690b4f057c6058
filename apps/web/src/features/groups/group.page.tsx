import type { GroupView } from '@patchgate/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { hasCode } from '../../lib/api-error.js';
import { groupQuery } from '../../lib/fleet.queries.js';
import { useAllows } from '../../lib/principal.js';
import { EditActions } from '../../ui/edit-actions.js';
import { EmptyPage } from '../../ui/empty-state.js';
import { Icon } from '../../ui/icon.js';
import { LinkButton } from '../../ui/link-button.js';
import { PageHeader } from '../../ui/page-header.js';
import { QueryView } from '../../ui/query-view.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { SkeletonBar, SkeletonRows } from '../../ui/skeleton.js';
import { DeleteGroupDialog } from './delete-group.dialog.js';
import { GroupHosts } from './group-hosts.card.js';
import { GroupPeople } from './group-people.card.js';
import { EditGroupDialog } from './group.dialog.js';
import classes from './groups.module.css';

const crumbs = <Link to="/groups">Groups</Link>;

export function GroupPage() {
  const { groupId } = getRouteApi('/shell/groups/$groupId').useParams();
  const query = useQuery(groupQuery(groupId));
  if (hasCode(query.error, 'not_found') || hasCode(query.error, 'invalid_request')) {
    return (
      <EmptyPage
        icon="groups"
        title="There is no such group"
        action={<LinkButton to="/groups">All groups</LinkButton>}
      >
        It may have been deleted, or you are not in it.
      </EmptyPage>
    );
  }
  return (
    <QueryView
      query={query}
      what="this group"
      skeleton={<GroupSkeleton />}
      header={<PageHeader title="Group" crumbs={crumbs} />}
    >
      {(group) => <GroupDetails group={group} />}
    </QueryView>
  );
}

function GroupDetails({ group }: { group: GroupView }) {
  const mayEdit = useAllows('admin');
  const mayDeploy = useAllows('operator');
  const [dialog, setDialog] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        title={group.name}
        crumbs={crumbs}
        facts={
          <>
            {group.description !== '' && <span>{group.description}</span>}
            <span>
              created <RelativeTime at={group.created_at} />
            </span>
          </>
        }
        actions={
          <>
            {mayDeploy && group.hosts > 0 && (
              <LinkButton to="/deploy" search={{ group: group.id }} leftSection={<Icon name="deploy" />}>
                Deploy
              </LinkButton>
            )}
            {mayEdit && <EditActions onOpen={setDialog} />}
          </>
        }
      />
      <div className={classes.columns}>
        <GroupPeople group={group} mayEdit={mayEdit} />
        <GroupHosts group={group} mayEdit={mayEdit} />
      </div>
      {dialog === 'edit' && <EditGroupDialog group={group} onClose={close} />}
      {dialog === 'delete' && <DeleteGroupDialog group={group} onClose={close} />}
    </>
  );
}

function GroupSkeleton() {
  const mayEdit = useAllows('admin');
  return (
    <>
      <PageHeader
        title="Group"
        crumbs={crumbs}
        facts={<SkeletonBar width="220px" />}
        actions={mayEdit && <EditActions />}
      />
      <div className={classes.columns}>
        <div className={classes.block}>
          <SkeletonRows rows={5} waitsFor="this group" />
        </div>
        <div className={classes.block} />
      </div>
    </>
  );
}
