import { connect } from 'tls';

export const socket = connect(443);
