/** Forward only: a process that drains never serves again. */
export type Lifecycle = 'starting' | 'serving' | 'draining';
