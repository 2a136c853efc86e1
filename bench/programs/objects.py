# Objects: a scheduler with tasks of several classes; attributes, methods, inheritance.


class Packet:
    def __init__(self, kind, value):
        self.kind = kind
        self.value = value
        self.next = None


class Queue:
    def __init__(self):
        self.head = None
        self.tail = None
        self.size = 0

    def put(self, packet):
        packet.next = None
        if self.tail is None:
            self.head = packet
        else:
            self.tail.next = packet
        self.tail = packet
        self.size += 1

    def take(self):
        packet = self.head
        if packet is not None:
            self.head = packet.next
            if self.head is None:
                self.tail = None
            self.size -= 1
        return packet


class Task:
    def __init__(self, name, priority):
        self.name = name
        self.priority = priority
        self.queue = Queue()
        self.runs = 0
        self.total = 0

    def ready(self):
        return self.queue.head is not None

    def step(self, scheduler):
        packet = self.queue.take()
        self.runs += 1
        self.handle(packet, scheduler)

    def handle(self, packet, scheduler):
        self.total += packet.value


class Device(Task):
    def handle(self, packet, scheduler):
        packet.value = (packet.value * 3 + self.priority) % 1009
        scheduler.send(packet, self.priority - 1)


class Handler(Task):
    def __init__(self, name, priority, modulus):
        super().__init__(name, priority)
        self.modulus = modulus

    def handle(self, packet, scheduler):
        self.total += packet.value % self.modulus
        packet.kind = 1 - packet.kind
        scheduler.send(packet, self.priority + packet.kind)


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.switches = 0

    def add(self, task):
        self.tasks.append(task)

    def send(self, packet, index):
        self.tasks[index % len(self.tasks)].queue.put(packet)

    def run(self, steps):
        while steps > 0:
            for task in self.tasks:
                if task.ready():
                    task.step(self)
                    self.switches += 1
                    steps -= 1


scheduler = Scheduler()
for index in range(6):
    if index % 2:
        scheduler.add(Device("device" + str(index), index))
    else:
        scheduler.add(Handler("handler" + str(index), index, 7 + index))
for index in range(30):
    scheduler.send(Packet(index % 2, index * 11), index)
scheduler.run(110000)
print(scheduler.switches >= 110000, [(task.name, task.runs, task.total) for task in scheduler.tasks])
