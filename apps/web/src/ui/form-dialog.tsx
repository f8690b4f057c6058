import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Form } from '../lib/use-form.js';
import classes from './form-dialog.module.css';
import { Dialog } from './dialog.js';
import { FormRefusal, SubmitButton } from './form-parts.js';

interface FormDialogProps<Values extends object> {
  title: string;
  form: Form<Values>;
  submit: string;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog<Values extends object>({
  title,
  form,
  submit,
  onClose,
  children,
}: FormDialogProps<Values>) {
  return (
    <Dialog onClose={onClose} title={title} size={520}>
      <form className={classes.fields} noValidate onSubmit={form.onSubmit}>
        {children}
        <FormRefusal form={form} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <SubmitButton form={form}>{submit}</SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
