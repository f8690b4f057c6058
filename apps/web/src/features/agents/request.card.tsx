import { Button } from '@mantine/core';
import type { EnrollmentView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import { Note } from '../../ui/note.js';
import { RelativeTime } from '../../ui/relative-time.js';
import { StateBadge } from '../../ui/state-badge.js';
import classes from './agents.module.css';
import { collisionWords, systemWords } from './request-words.js';
import type { CollisionWords } from './request-words.js';

interface RequestCardProps {
  request: EnrollmentView;
  onApprove: () => void;
  onDeny: () => void;
}

/** What an agent says of its machine, beside what is known about that. */
export function RequestCard({ request, onApprove, onDeny }: RequestCardProps) {
  const { fqdn, address, agent_port: port, source_address: source } = request;
  return (
    <Card
      title={fqdn}
      note={
        <>
          asked <RelativeTime at={request.created_at} />
        </>
      }
      actions={
        <>
          <Button variant="default" aria-label={`Deny ${fqdn}`} onClick={onDeny}>
            Deny
          </Button>
          <Button aria-label={`Approve ${fqdn}`} onClick={onApprove}>
            Approve
          </Button>
        </>
      }
    >
      <div className={classes.request}>
        <Voucher request={request} />
        {collisionWords(request.collisions).map((collision) => (
          <CollisionNote key={`${collision.id} ${collision.isHost}`} collision={collision} />
        ))}
        <div className={classes.facts}>
          <FactList
            facts={[
              { name: 'Address', value: <code className={classes.mono}>{`${address}:${port}`}</code> },
              { name: 'Asked from', value: <Source address={address} source={source} /> },
              { name: 'System', value: systemWords(request) ?? 'not told' },
            ]}
          />
          <FactList
            facts={[
              { name: 'Agent', value: agentWords(request) },
              { name: 'Machine id', value: <code className={classes.mono}>{request.machine_id}</code> },
              { name: 'Expires', value: <RelativeTime at={request.expires_at} /> },
            ]}
          />
        </div>
      </div>
    </Card>
  );
}

function Voucher({ request: { vouched_by: voucher } }: { request: EnrollmentView }) {
  if (voucher === null) {
    return <StateBadge state="warning" word="Without a token: nobody vouches for it" />;
  }
  const group = voucher.group === null ? '' : ` for ${voucher.group.name}`;
  return <StateBadge state="succeeded" word={`With a token of ${voucher.username}${group}`} />;
}

function Source({ address, source }: { address: string; source: string }) {
  if (address === source) return <code className={classes.mono}>{source}</code>;
  return (
    <>
      <code className={classes.mono}>{source}</code>, not its own address
    </>
  );
}

function CollisionNote({ collision: { id, fqdn, isHost, same, so } }: { collision: CollisionWords }) {
  return (
    <Note tone="wait">
      {isHost ? (
        <>
          The host{' '}
          <Link to="/hosts/$hostId" params={{ hostId: id }}>
            {fqdn}
          </Link>
        </>
      ) : (
        <>Another request, {fqdn},</>
      )}{' '}
      has {same}. {so}
    </Note>
  );
}

const agentWords = ({ agent, agent_version: version }: EnrollmentView): string => {
  switch (agent) {
    case 'patchgate':
      return version === null ? 'Patchgate' : `Patchgate ${version}`;
    case 'public':
      return 'linux_patch_api; its key is made here';
  }
};
