import { TextInput } from '@mantine/core';
import { formatCount, countOf } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import { FactList } from '../../ui/fact-list.js';
import type { Fact } from '../../ui/fact-list.js';
import { LinkButton } from '../../ui/link-button.js';
import { deploySteps, stepNames } from './deploy-search.js';
import type { DeployStep } from './deploy-search.js';
import { errorOfStep } from './draft-request.js';
import classes from './order.module.css';
import { OrderNow } from './order-now.js';
import { startingOf } from './preview-words.js';
import { planInWords, rollOutPlan } from './roll-out-plan.js';
import type { PlannedBatch } from './roll-out-plan.js';
import { RollOutPicture } from './roll-out-picture.js';
import { packagesInShort } from './step-words.js';
import type { Order } from './use-order.js';
import { WarningCard } from './warning.card.js';

/** What the order is so far, and the way on; in the review, what is accepted before it is made. */
export function OrderCard({ step, order }: { step: DeployStep; order: Order }) {
  const { draft, change, preview, errors } = order;
  return (
    <div className={classes.sticky}>
      <Card title="Job" padding="flush">
        <div className={classes.part}>
          <TextInput
            label="Name"
            placeholder={preview.data?.name ?? 'Made of what is ordered'}
            value={draft.name}
            maxLength={100}
            error={errors.name}
            aria-invalid={errors.name !== undefined}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <div className={classes.facts}>
            <FactList facts={factsOf(order)} />
          </div>
          {step === 'review' && <RollOutPicture order={order} />}
        </div>
        {step === 'review' ? <OrderNow order={order} /> : <NextStep step={step} order={order} />}
      </Card>
      {step === 'hosts' && <WarningCard order={order} />}
    </div>
  );
}

function factsOf({ draft, request, preview, isPreviewed }: Order): Fact[] {
  const data = preview.data;
  const kinds = data === undefined || !isPreviewed ? '' : `, ${countOf(data.package_kinds, 'kind')}`;
  const plan =
    request === null || data === undefined
      ? null
      : rollOutPlan(startingOf(data), { canary: request.canary, batchSize: request.batch_size });
  return [
    { name: 'Packages', value: `${packagesInShort(draft)}${kinds}` },
    {
      name: 'When',
      value:
        draft.schedule === 'window'
          ? 'each host’s window, open or next'
          : `now, within ${draft.deadline_minutes} min`,
    },
    { name: 'Gate', value: 'retried until the close' },
    ...(plan === null ? [] : planFacts(plan)),
    ...(request === null
      ? []
      : [
          { name: 'At once', value: `at most ${formatCount(request.max_in_flight)}` },
          { name: 'Pause after', value: `more than ${countOf(request.max_failures, 'failure')}` },
        ]),
    {
      name: 'Reboot',
      value: draft.allow_reboot
        ? `if needed${data === undefined || data.reboots === 0 ? '' : `, ${countOf(data.reboots, 'host')}`}`
        : 'never',
    },
  ];
}

function planFacts(plan: readonly PlannedBatch[]): Fact[] {
  const canary = plan.find(({ batch }) => batch === 0);
  const batches = plan.filter(({ batch }) => batch > 0);
  return [
    { name: 'Canary', value: canary === undefined ? 'none' : countOf(canary.hosts, 'host') },
    ...(batches.length === 0
      ? []
      : [{ name: canary === undefined ? 'In' : 'Then', value: planInWords(batches) }]),
  ];
}

function NextStep({ step, order }: { step: Exclude<DeployStep, 'review'>; order: Order }) {
  const at = deploySteps.indexOf(step);
  const next = deploySteps[at + 1] ?? 'review';
  const before = deploySteps[at - 1];
  const wrong = errorOfStep(step, order.errors);
  return (
    <div className={classes.go}>
      <LinkButton to="/deploy" search={{ step: next }} className={classes.next ?? ''}>
        Next: {stepNames[next]}
      </LinkButton>
      {before !== undefined && (
        <LinkButton to="/deploy" search={{ step: before === 'hosts' ? undefined : before }} variant="default">
          Back
        </LinkButton>
      )}
      {wrong !== null && <p className={classes.hint}>{wrong}</p>}
    </div>
  );
}
