import type { Form } from '../../lib/use-form.js';
import { CheckField } from '../../ui/check-field.js';
import type { CheckValues } from './check-values.js';
import { TargetFields } from './target-fields.js';

export function TcpFields({ form }: { form: Form<CheckValues> }) {
  const { values } = form;
  return (
    <>
      <TargetFields form={form} />
      <CheckField
        label="TLS: complete the handshake and judge the certificate"
        checked={values.use_tls}
        onChange={(isOn) => form.set('use_tls', isOn)}
      />
      {values.use_tls && (
        <>
          <CheckField
            label="Present the client certificate of this server"
            checked={values.use_client_cert}
            onChange={(isOn) => form.set('use_client_cert', isOn)}
          />
          <CheckField
            label="Ignore certificate errors"
            checked={values.ignore_cert_errors}
            onChange={(isOn) => form.set('ignore_cert_errors', isOn)}
          />
        </>
      )}
    </>
  );
}
