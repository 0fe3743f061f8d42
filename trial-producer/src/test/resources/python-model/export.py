import tensorflow as tf

D, H, C = 16 * 16, 64, 10

class Net(tf.Module):
    def __init__(self):
        self.w = [tf.Variable(tf.zeros(s)) for s in ([D, H], [H], [H, C], [C])]
        self.v = [tf.Variable(tf.zeros(w.shape)) for w in self.w]

    def scores(self, x):
        hidden = tf.nn.relu(tf.reshape(x, [-1, D]) @ self.w[0] + self.w[1])
        return hidden @ self.w[2] + self.w[3]

    @tf.function(input_signature=[tf.TensorSpec([], tf.int64, "seed")])
    def init(self, seed):
        for k, w in enumerate(self.w):
            scale = (2.0 / w.shape[0]) ** 0.5 if len(w.shape) == 2 else 0.0
            w.assign(scale * tf.random.stateless_normal(w.shape, tf.stack([seed, k])))
            self.v[k].assign(tf.zeros_like(w))
        return {"done": seed}

    @tf.function(input_signature=[
        tf.TensorSpec([None, None], tf.int32, "index"), tf.TensorSpec([], tf.float32, "lr"),
        tf.TensorSpec([], tf.float32, "momentum"), tf.TensorSpec([None, 16, 16, 1], tf.float32, "x"),
        tf.TensorSpec([None], tf.int32, "y")])
    def train(self, index, lr, momentum, x, y):
        total = 0.0
        for batch in index:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
                    tf.gather(y, batch), self.scores(tf.gather(x, batch))))
            for w, v, g in zip(self.w, self.v, tape.gradient(loss, self.w)):
                v.assign(momentum * v + g)
                w.assign_sub(lr * v)
            total += loss
        return {"loss": total / tf.cast(tf.shape(index)[0], tf.float32)}

    @tf.function(input_signature=[tf.TensorSpec([None, 16, 16, 1], tf.float32, "x"), tf.TensorSpec([None], tf.int32, "y")])
    def evaluate(self, x, y):
        return {"correct": tf.argmax(self.scores(x), 1, tf.int32) == y}

net = Net()
signatures = {"init": net.init, "train": net.train, "evaluate": net.evaluate}
tf.saved_model.save(net, "my-model", signatures=signatures)

def read(request):
    return {f"w{k}": tf.identity(w) for k, w in enumerate(net.w)}

def write(**values):
    for k, w in enumerate(net.w):
        w.assign(values[f"w{k}"])
    return {"done": tf.constant(0, tf.int64)}

shapes = {f"w{k}": tf.TensorSpec(w.shape, tf.float32, f"w{k}") for k, w in enumerate(net.w)}
signatures["read"] = tf.function(read).get_concrete_function(request=tf.TensorSpec([], tf.int64, "request"))
signatures["write"] = tf.function(write).get_concrete_function(**shapes)
tf.saved_model.save(net, "my-model", signatures=signatures)
