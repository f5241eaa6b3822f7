/** Apart, so that an edge whose site has no policy of its own never loads what reads YAML. */
export { parsePolicy as readPolicy } from '@wayside/packs';
