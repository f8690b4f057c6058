import type { ReactNode } from 'react';
import type { Form } from '../lib/use-form.js';
import { BrandMark } from './brand-mark.js';
import classes from './public-frame.module.css';
import { usePageTitle } from './use-page-title.js';

interface PublicFrameProps<Values extends object> {
  title: string;
  lead?: ReactNode;
  form: Form<Values>;
  children: ReactNode;
}

/** The frame of the pages before the sign-in: one card, one form. */
export function PublicFrame<Values extends object>({
  title,
  lead,
  form,
  children,
}: PublicFrameProps<Values>) {
  usePageTitle(title);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <BrandMark size={28} />
          Patchgate
        </div>
        <form className={classes.card} noValidate onSubmit={form.onSubmit}>
          <div>
            <h1>{title}</h1>
            {lead !== undefined && <div className={classes.lead}>{lead}</div>}
          </div>
          {children}
        </form>
        <p className={classes.motto}>Patches a host only while it is healthy.</p>
      </div>
    </main>
  );
}
