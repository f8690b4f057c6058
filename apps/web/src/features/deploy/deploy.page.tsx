import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { emptyDraft, useDeployDraft } from '../../lib/deploy-draft.js';
import { useAllows } from '../../lib/principal.js';
import { EmptyPage } from '../../ui/empty-state.js';
import { LinkButton } from '../../ui/link-button.js';
import { PageHeader } from '../../ui/page-header.js';
import classes from './deploy.module.css';
import type { DeployStep } from './deploy-search.js';
import { HostsStep } from './hosts.step.js';
import { OrderCard } from './order.card.js';
import { PackagesStep } from './packages.step.js';
import { ReviewStep } from './review.step.js';
import { RollOutStep } from './roll-out.step.js';
import { StepBar } from './step-bar.js';
import { useOrder } from './use-order.js';
import type { Order } from './use-order.js';
import { WhenStep } from './when.step.js';

const route = getRouteApi('/shell/deploy');

export function DeployPage() {
  const mayDeploy = useAllows('operator');
  const isBeginning = useNewOrder();
  if (!mayDeploy) {
    return (
      <EmptyPage
        icon="deploy"
        title="Deploying is for operators"
        action={<LinkButton to="/jobs">Jobs</LinkButton>}
      >
        You can follow the jobs of the hosts you see. An administrator can make you an operator.
      </EmptyPage>
    );
  }
  return isBeginning ? null : <Wizard />;
}

/** An address that names a host or group begins an order for it, once: the way back must not begin it anew. */
function useNewOrder(): boolean {
  const { host, group, step } = route.useSearch();
  const navigate = route.useNavigate();
  const { begin } = useDeployDraft();
  const isBeginning = host !== undefined || group !== undefined;
  const beginOrder = useEffectEvent(() => {
    begin({ host_ids: host === undefined ? [] : [host], group_ids: group === undefined ? [] : [group] });
    void navigate({ search: { step }, replace: true });
  });
  useEffect(() => {
    if (isBeginning) beginOrder();
  }, [isBeginning]);
  return isBeginning;
}

function Wizard() {
  const { step = 'hosts' } = route.useSearch();
  const order = useOrder();
  const isEmpty = order.draft === emptyDraft || JSON.stringify(order.draft) === JSON.stringify(emptyDraft);
  return (
    <>
      <PageHeader
        title="Deploy patches"
        crumbs={
          <>
            <Link to="/jobs">Jobs</Link>
            <span aria-hidden="true">/</span>
            <span>New</span>
          </>
        }
        actions={
          !isEmpty && (
            <Button variant="default" onClick={() => order.begin()}>
              Start over
            </Button>
          )
        }
      />
      <StepBar step={step} order={order} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <StepOf step={step} order={order} />
        </div>
        <OrderCard step={step} order={order} />
      </div>
    </>
  );
}

function StepOf({ step, order }: { step: DeployStep; order: Order }) {
  switch (step) {
    case 'hosts':
      return <HostsStep order={order} />;
    case 'packages':
      return <PackagesStep order={order} />;
    case 'when':
      return <WhenStep order={order} />;
    case 'roll-out':
      return <RollOutStep order={order} />;
    case 'review':
      return <ReviewStep order={order} />;
  }
}
