import { WaysideError } from '@wayside/protocol';

/** A refusal in our own words is an answer. */
export const isRefusal = (error: unknown): error is WaysideError => error instanceof WaysideError;
