import { Center, Loader, Skeleton, Stack } from '@mantine/core';

/** Something is on its way: grey lines where rows will be, or a quiet ring for a whole page. */
export function Waiting({ page = false, rows = 8 }: { page?: boolean; rows?: number }) {
  if (page)
    return (
      <Center h="100dvh" role="status" aria-busy="true">
        <Loader size="sm" />
      </Center>
    );
  return (
    <Stack p="md" gap={10} role="status" aria-busy="true">
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines are all alike
        <Skeleton key={i} height={26} width={`${96 - ((i * 17) % 30)}%`} radius="sm" />
      ))}
    </Stack>
  );
}
