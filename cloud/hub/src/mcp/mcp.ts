import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import { type Asker, type Tool, tools } from './tools.ts';

/** A tool's answer is cut above this, with a word that it was: a model's context is not a place for a whole case with a day of turns. */
const mostChars = 100_000;

/**
 * Answers one request of the Model Context Protocol (modelcontextprotocol.io, Streamable HTTP) without a session: each stands alone, so any hub
 * may take it. Tools only read.
 */
export async function answerMcp(request: Request, asker: Asker): Promise<Response> {
  const server = new McpServer(
    { name: 'wayside', title: 'Wayside', version: '0.1.0' },
    { instructions: 'Cases, machines, faults and articles of a support desk, to read. Cite a case or an article by its id.' },
  );
  for (const tool of tools) register(server, tool, asker);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  return transport.handleRequest(request);
}

function register<S extends z.ZodRawShape>(server: McpServer, { name, title, about, input, read }: Tool<S>, asker: Asker): void {
  const annotations = { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  server.registerTool(name, { title, description: about, inputSchema: input as z.ZodRawShape, annotations }, async (asked: unknown) => {
    try {
      const text = JSON.stringify(await read(asker, asked as z.output<z.ZodObject<S>>));
      const cut = text.length > mostChars;
      return { content: [{ type: 'text' as const, text: cut ? `${text.slice(0, mostChars)}\n(cut: ask for less)` : text }] };
    } catch (error) {
      if (!(error instanceof WaysideError) || error.code === 'internal') throw new Error('The hub could not answer. Try again.');
      return { content: [{ type: 'text' as const, text: error.message }], isError: true };
    }
  });
}
