import { Button, Center, Stack, Text } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/use-words.tsx';

/** A page that breaks says so and leaves the rest of the console standing. */
export class Crash extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { w } = useWords();
  return (
    <Center h="100%" p="xl" role="alert">
      <Stack maw={420} align="flex-start">
        <Text>{w.trouble.crashed}</Text>
        <Button onClick={() => location.reload()}>{w.trouble.reload}</Button>
      </Stack>
    </Center>
  );
}
