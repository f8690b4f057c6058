import type { ErrorCode } from '@patchgate/contracts';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { flushSync } from 'react-dom';
import { errorsOfIssues, errorsOfRefusal, noErrors } from './form-errors.js';
import type { FormErrors, SchemaIssue } from './form-errors.js';

interface Schema<Body> {
  safeParse: (
    input: unknown,
  ) => { success: true; data: Body } | { success: false; error: { issues: readonly SchemaIssue[] } };
}

/** One thing a form can ask of the server. */
interface Sending<Values extends object, Body> {
  /** The contract's own schema of the request body: what it refuses never leaves the page. */
  schema: Schema<Body>;
  /** Fields are text; this makes of them what the schema expects. */
  toBody?: (values: Values) => unknown;
  send: (body: Body) => Promise<unknown>;
}

interface FormOptions<Values extends object, Body> extends Sending<Values, Body> {
  initial: Values;
  fieldOfCode?: Partial<Record<ErrorCode, keyof Values & string>>;
}

export interface Form<Values extends object> {
  values: Values;
  errors: FormErrors;
  isSending: boolean;
  set: <K extends keyof Values>(name: K, value: Values[K]) => void;
  /** Value, change and error of a text field, to be spread into it. */
  text: (name: keyof Values & string) => TextFieldProps;
  /** Asks something else with the same fields, such as a test before saving; refusals stand at them too. */
  ask: <Body>(element: HTMLFormElement, sending: Sending<Values, Body>) => Promise<void>;
  onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void;
}

interface TextFieldProps {
  name: string;
  value: string;
  error: string | undefined;
  // Said here for all, because Mantine's password field does not say it by itself.
  'aria-invalid': boolean;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

/** A form that keeps what was typed until it is accepted, and puts each refusal at its field. */
export function useForm<Values extends object, Body>(options: FormOptions<Values, Body>): Form<Values> {
  const { initial, fieldOfCode } = options;
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState(noErrors);
  const [isSending, setIsSending] = useState(false);
  const names = Object.keys(initial);

  const refuse = (element: HTMLFormElement, next: FormErrors): void => {
    // The field must be marked in the document before the focus can find it.
    flushSync(() => setErrors(next));
    element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };

  const set = <K extends keyof Values>(name: K, value: Values[K]): void => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => withoutField(before, String(name)));
  };

  const ask: Form<Values>['ask'] = async (element, { schema, toBody, send }) => {
    const parsed = schema.safeParse(toBody === undefined ? values : toBody(values));
    if (!parsed.success) {
      refuse(element, errorsOfIssues(parsed.error.issues, names));
      return;
    }
    setErrors(noErrors);
    try {
      await send(parsed.data);
    } catch (error) {
      refuse(element, errorsOfRefusal(error, names, fieldOfCode));
    }
  };

  const submit = async (element: HTMLFormElement): Promise<void> => {
    setIsSending(true);
    try {
      await ask(element, options);
    } finally {
      setIsSending(false);
    }
  };

  return {
    values,
    errors,
    isSending,
    set,
    text: (name) => ({
      name,
      value: String(values[name]),
      error: errors.fields[name],
      'aria-invalid': name in errors.fields,
      onChange: (event) => set(name, event.currentTarget.value as Values[typeof name]),
    }),
    ask,
    onSubmit: (event) => {
      event.preventDefault();
      if (!isSending) void submit(event.currentTarget);
    },
  };
}

function withoutField(errors: FormErrors, name: string): FormErrors {
  if (!(name in errors.fields)) return errors;
  const fields = Object.fromEntries(Object.entries(errors.fields).filter(([field]) => field !== name));
  return { ...errors, fields };
}
