import type { OverviewView } from '@patchgate/contracts';
import { Link } from '@tanstack/react-router';
import { countOf, formatCount } from '../../lib/counts.js';
import { Card } from '../../ui/card.js';
import classes from './overview.module.css';

export function PatchesCard({ patches }: { patches: OverviewView['security_patches'] }) {
  return (
    <Card title="Security patches outstanding" padding="flush">
      <Link to="/hosts" search={{ patches: 'security', sort: '-patches_security' }} className={classes.row}>
        <span>
          {patches.patches === 0 ? 'None reported' : countOf(patches.patches, 'patch', 'patches')}
          {patches.patches > 0 && <span className={classes.quiet}>, most affected first</span>}
        </span>
        <span className={classes.count}>
          {formatCount(patches.hosts)} <span className={classes.unit}>hosts</span>
        </span>
      </Link>
    </Card>
  );
}
