import { createRoutes, type Doors, problems } from './context.ts';

/** The Model Context Protocol, for assistants that read the desk. What it needs is loaded when the first one asks. */
export function mcpRoutes({ ground, config, isOnline }: Doors) {
  const routes = createRoutes();
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: '/v1/mcp',
    summary: 'Model Context Protocol (Streamable HTTP, without sessions): tools that read cases, machines, faults and articles',
    tags: ['mcp'],
    responses: { 200: { description: 'JSON-RPC', content: { 'application/json': { schema: { type: 'object' } } } }, ...problems },
  });
  routes.post('/v1/mcp', async (c) => {
    const { answerMcp } = await import('../mcp/mcp.ts');
    return answerMcp(c.req.raw, { me: c.get('me'), view: c.get('view'), ground, zone: config.deskZone, isOnline });
  });
  return routes;
}
