import { get } from 'node:http';

export const request = get('http://127.0.0.1/');
